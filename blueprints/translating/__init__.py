"""Translate: `flask translations …`, which keeps the catalogs true to templates and articles."""

from blueprints.translating.commands import bp

__all__ = ["bp"]
