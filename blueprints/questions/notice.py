"""The notice to those who ask: what is kept, why, for how long, and whom to complain to."""

from __future__ import annotations

import hashlib
import re

from flask import current_app, render_template

from blueprints.questions.site import bp

_VERSION = re.compile(r"[0-9a-f]{12}")


@bp.get("/<language:language>/privacy")
def privacy() -> str:
    return render_template("questions/privacy.html", **_facts())


def notice_version(shown: str | None = None) -> str:
    """Twelve hex digits that stand for the notice that somebody was `shown`; else for today's.

    A question may have waited on a phone, so its asker's notice may be an earlier one.
    """
    if shown and _VERSION.fullmatch(shown):
        return shown
    text = render_template("questions/_notice.html", **_facts())
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _facts() -> dict[str, object]:
    settings = current_app.config["REEDH"]
    return {
        "grievance_contact": settings.grievance_contact,
        "retention_days": settings.retention_days,
    }
