"""Read: the articles, the home page, about, the waiting-room poster, what search engines ask."""

from blueprints.articles.library import Library, in_current_language, init_app
from blueprints.articles.source import Article, Section
from blueprints.articles.views import bp, urls

__all__ = [
    "Article",
    "Library",
    "Section",
    "bp",
    "in_current_language",
    "init_app",
    "urls",
]
