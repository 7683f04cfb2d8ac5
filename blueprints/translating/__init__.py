"""Translate: `flask translations …`, which keeps the catalogs true to templates and articles."""

from blueprints.translating import keep, mending, new, sign, status, update
from blueprints.translating.checking import command as check
from blueprints.translating.commands import bp
from blueprints.translating.preview import preview

__all__ = ["bp", "check", "keep", "mending", "new", "preview", "sign", "status", "update"]
