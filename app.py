"""Reedh: an article on why spine surgeries fail, on the phone, with or without a network.

This is the only place where the parts meet.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from blueprints import (
    addresses,
    articles,
    audit,
    catalogs,
    csrf,
    database,
    edition,
    errors,
    headers,
    health,
    languages,
    limits,
    logs,
    mail,
    meaning,
    moderation,
    offline,
    people,
    private,
    questions,
    remains,
    screening,
    sealing,
    search,
    server,
    settings,
    sign_off,
    translating,
    untranslated,
    upkeep,
)
from blueprints.people import delays
from blueprints.questions import erasure, notice, published

ROOT = Path(__file__).parent


def create_app(
    environ: Mapping[str, str] | None = None,
    *,
    content: Path = ROOT / "content",
    translations: Path = ROOT / "translations",
    static: Path = ROOT / "static",
) -> Flask:
    """Build the application from the settings in `environ` (by default the process's own).

    Raises:
        SettingsError: a setting has a value that cannot work.
        CatalogError, ContentError: a catalog or an article is broken; names file and line.
    """
    logs.init()
    chosen = settings.from_environment(os.environ if environ is None else environ)
    app = Flask(__name__, static_folder=None, instance_path=str(chosen.instance_path))
    app.config["REEDH"] = chosen
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.policies["ext.i18n.trimmed"] = True

    compiled = chosen.instance_path / "translations"
    edits = meaning.Edits.for_project(translations)
    languages.init_app(app, translations, compiled)
    broken = None
    try:
        catalogs.compile_messages(translations, compiled, edits)
    except catalogs.CatalogError as error:
        if not translating.mending.is_possible():
            raise
        broken = error
    untranslated.init_app(app)
    addresses.init_app(app)
    database.init_app(app, chosen.database_url)
    sealing.init_app(app, chosen.contact_keys)
    csrf.init_app(app, chosen.secret_key, is_production=chosen.is_production)
    limits.init_app(app, chosen.limits_url, chosen.trusted_proxies)
    people.init_app(app)
    judge = articles.Judge(sign_off.reviewers(translations), edits)
    articles.init_app(app, content, translations, judge)
    search.init_app(app)
    app.register_blueprint(articles.bp)
    app.register_blueprint(search.bp)
    app.register_blueprint(offline.bp)
    app.register_blueprint(health.bp)
    app.register_blueprint(mail.bp)
    app.register_blueprint(audit.bp)
    app.register_blueprint(translating.bp)
    app.register_blueprint(server.bp)
    offline.init_app(app, recalls=[articles.corrections, published.removals])
    edition.init_app(
        app,
        static,
        sources=[articles.urls, search.urls, questions.urls, offline.urls],
        summaries=[offline.summaries],
        inputs=edition.Inputs(published.read, published.unread, database.check),
    )
    screening.init_app(app)
    questions.init_app(app, articles=list(app.extensions["articles"].articles))
    moderation.init_app(
        app,
        moderation.Others(
            similar=search.answers_like,
            as_readers_see=articles.preview_answer,
            article_states=articles.states,
        ),
        glossary=translations / "glossary.csv",
    )
    headers.init_app(app, is_production=chosen.is_production)
    errors.init_app(app)
    server.init_app(app)
    if broken:
        translating.mending.leave_only_translations(app, broken)
    # Last, as some files in it have been made just now.
    private.close_kept(chosen.instance_path)
    return app


def create_served_app() -> server.Gateway:
    """The application behind its gateway, with its edition made, so that no reader waits for it."""
    app = create_app()
    edition.follow(app)
    search.follow(app)
    mail.start(app)
    upkeep.start(app, [erasure.TASK, remains.TASK, limits.TASK, delays.TASK, notice.TASK])
    return server.Gateway(
        app,
        edition.ready(app),
        app.config["REEDH"].threads,
        larger={moderation.PATHS: moderation.LONGEST_BODY},
    )
