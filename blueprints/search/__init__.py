"""Find: the results page, its JSON and `flask search …`."""

from blueprints.search import commands as _commands  # noqa: F401 (registers the commands)
from blueprints.search.finder import init_app
from blueprints.search.views import bp

__all__ = ["bp", "init_app"]
