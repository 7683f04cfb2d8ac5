"""Translate: `flask translations …`, which keeps the catalogs true to templates and articles."""

from blueprints.translating import new as _new  # noqa: F401 (registers the command)
from blueprints.translating.commands import bp

__all__ = ["bp"]
