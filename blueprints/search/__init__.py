"""Find: the results page, its JSON and `flask search …`."""

from blueprints.search import commands as _commands  # noqa: F401 (registers the commands)
from blueprints.search.finder import init_app, publish_answers
from blueprints.search.views import bp, urls

__all__ = ["bp", "init_app", "publish_answers", "urls"]
