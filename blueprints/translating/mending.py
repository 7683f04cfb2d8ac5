"""`flask translations` while a catalog is broken: it says what to mend, so it has to run."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup

from blueprints.catalogs import CatalogError

_GROUP = "translations"


def is_possible() -> bool:
    """Whether `flask` makes the application only to look up a command."""
    context = click.get_current_context(silent=True)
    return context is not None and context.parent is None


def leave_only_translations(app: Flask, broken: CatalogError) -> None:
    """Let every command of `app` but `flask translations` fail with `broken`."""
    app.cli = _Mending(broken, app.cli)


class _Mending(AppGroup):
    def __init__(self, broken: CatalogError, every: click.Group) -> None:
        super().__init__(every.name, commands=every.commands)
        self._broken = broken

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.commands and cmd_name != _GROUP:
            raise self._broken
        return super().get_command(ctx, cmd_name)
