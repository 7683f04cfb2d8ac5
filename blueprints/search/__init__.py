"""Find: the results page, its JSON and `flask search …`."""

from blueprints.search import commands as _commands  # noqa: F401 (registers the commands)
from blueprints.search.finder import answers_like, catch_up, follow, init_app
from blueprints.search.views import bp, urls

__all__ = ["answers_like", "bp", "catch_up", "follow", "init_app", "urls"]
