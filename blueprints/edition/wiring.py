"""How the edition joins the application: static files, template functions, layer, command."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click
from flask import Blueprint, Flask, Response, abort, current_app, url_for

from blueprints.edition import export
from blueprints.edition.assets import IMMUTABLE, Assets
from blueprints.edition.layer import Layer, Ready, answer
from blueprints.edition.publish import Inputs, Publisher, Urls, say_how_long_it_keeps

bp = Blueprint("edition", __name__, cli_group="edition")


def init_app(
    app: Flask,
    static: Path,
    sources: Iterable[Urls],
    summaries: Iterable[Urls],
    inputs: Inputs,
) -> None:
    """Publish what `sources` name, the files of `static` and then `summaries`, ahead of `app`."""
    assets = Assets(static)
    app.extensions["assets"] = assets
    app.extensions["edition"] = Publisher(app, [*sources, asset_urls], summaries, inputs)
    app.register_blueprint(bp)
    app.after_request(say_how_long_it_keeps)
    app.jinja_env.globals |= {
        "asset_url": asset_url,
        "asset_names": assets.names,
        "style": assets.style,
        "loader": assets.loader,
    }
    if not app.debug:  # flask --debug shows a changed template at once
        app.wsgi_app = Layer(app.wsgi_app, app.extensions["edition"])  # type: ignore[method-assign]


def publisher(app: Flask) -> Publisher:
    made: Publisher = app.extensions["edition"]
    return made


def ready(app: Flask) -> Ready:
    """What answers from the edition of `app`: see `layer.answer`."""
    return partial(answer, publisher(app))


def asset_url(name: str) -> str:
    return url_for("edition.asset", hashed=_assets().hashed_name(name))


def asset_urls() -> list[str]:
    return [asset_url(name) for name in _assets().names()]


@bp.get("/static/<path:hashed>")
def asset(hashed: str) -> Response:
    name = _assets().by_hashed_name(hashed)
    if name is None:
        abort(404)
    response = Response(_assets().content(name), content_type=_assets().content_type(name))
    response.headers["Cache-Control"] = IMMUTABLE
    return response


@bp.cli.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_edition(folder: Path) -> None:
    """Write the edition into FOLDER for a static host, with server snippets."""
    # A folder without answers would stay so until somebody looks at it.
    publisher(current_app).inputs.check()
    edition = publisher(current_app).edition
    files = export.write(current_app, edition, folder)
    click.echo(f"{files} files of edition {edition.revision[:12]} are in {folder}.")
    click.echo(f"Server snippets: {folder / export.SNIPPETS}/nginx.conf and Caddyfile")
    settings = current_app.config["REEDH"]
    if not settings.is_production:
        click.echo(f"Its pages name {settings.public_url}: set REEDH_PUBLIC_URL to change that.")


def _assets() -> Assets:
    assets: Assets = current_app.extensions["assets"]
    return assets
