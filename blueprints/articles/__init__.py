"""Read: the articles, the home page, about, the waiting-room poster, what search engines ask."""

from blueprints.articles.answers import preview as preview_answer
from blueprints.articles.library import Library, in_current_language, init_app
from blueprints.articles.passages import Judge, Passage, State, Translation
from blueprints.articles.site import bp
from blueprints.articles.source import Article, Block, Section
from blueprints.articles.views import article_urls, corrections, states, urls

__all__ = [
    "Article",
    "Block",
    "Judge",
    "Library",
    "Passage",
    "Section",
    "State",
    "Translation",
    "article_urls",
    "bp",
    "corrections",
    "in_current_language",
    "init_app",
    "preview_answer",
    "states",
    "urls",
]
