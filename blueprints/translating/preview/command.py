"""`flask translations preview`: a server for one translator, on this computer only."""

from __future__ import annotations

import click
from flask import current_app
from werkzeug.serving import WSGIRequestHandler, make_server

from blueprints.translating.commands import bp, translated_into
from blueprints.translating.preview.pages import previewing

_HOST = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Print nothing: each save asks for several pages."""


@bp.cli.command("preview")
@click.argument("lang", required=False)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="By default one that is free."
)
def preview(lang: str | None, port: int) -> None:
    """Show the articles in LANG, or in the first language, as they are edited.

    A page in the browser follows each save of a catalog or an article by itself. Every block
    says how far its translation can be relied on, and opens what a translator asks of it.
    """
    known = translated_into(lang)
    if not known:
        raise click.UsageError("There are no catalogs yet: begin with `flask translations new`.")
    server = make_server(
        _HOST,
        port,
        previewing(current_app._get_current_object(), known[0]),  # type: ignore[attr-defined]
        threaded=True,
        request_handler=_Quiet,
    )
    click.echo(f"The preview is at http://{_HOST}:{server.port}/ (Ctrl+C stops it)")
    server.serve_forever()
