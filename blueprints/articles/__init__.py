"""Read: the articles, the home page, about, the waiting-room poster, what search engines ask."""

from blueprints.articles.library import Library, init_app
from blueprints.articles.views import bp, urls

__all__ = ["Library", "bp", "init_app", "urls"]
