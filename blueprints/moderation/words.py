"""How moderators' pages name languages, moments and steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import format_datetime
from flask_babel import lazy_gettext as _

from blueprints import mail
from blueprints.models import Role, Step
from blueprints.moderation.site import bp
from blueprints.people import me

_STEP_NAMES: Mapping[str, str] = {
    Step.PUBLISH: _("published"),
    Step.REVISE: _("published anew"),
    Step.UNPUBLISH: _("taken back from readers"),
    Step.DECLINE: _("declined"),
    Step.MARK_SPAM: _("marked as spam"),
    Step.REOPEN: _("put back to the waiting"),
    Step.RELEASE: _("taken out of the held lane"),
    "user-added": _("somebody added"),
    "user-disabled": _("somebody shut out"),
    "user-enabled": _("somebody let in again"),
    "user-reset": _("password given anew"),
    "signed-in": _("signed in"),
    "sign-in-revoked": _("signed out elsewhere"),
    "password-changed": _("password changed"),
    "second-factor-set": _("second step set up"),
    "recovery-codes-made": _("recovery codes made"),
    "questions-exported": _("all questions taken as a file"),
    mail.GIVEN_UP: _("the e-mail to the asker was not delivered"),
    Step.WITHDRAW: _("withdrawn by the asker"),
    Step.ERASE: _("erased, as the time for keeping it was over"),
}


_ROLE_NAMES: Mapping[str, str] = {
    Role.MODERATOR: _("moderator"),
    Role.TRANSLATOR: _("translator"),
    Role.ADMIN: _("admin"),
}


@bp.app_template_global()
def tabs() -> list[tuple[str, str, str]]:
    """Where whoever is signed in can go: endpoint, name, icon."""
    known = {
        Role.MODERATOR: [
            ("moderation.queue", _("Questions"), "ask"),
            ("moderation.canned_answers", _("Ready answers"), "tool"),
            ("moderation.translations", _("Translations"), "people"),
        ],
        Role.TRANSLATOR: [("moderation.translations", _("Translations"), "people")],
        Role.ADMIN: [
            ("moderation.people", _("People"), "people"),
            ("moderation.audit_entries", _("Record"), "about"),
        ],
    }
    return known[me().role]


@bp.context_processor
def words() -> dict[str, Any]:
    return {
        "moment": lambda at: format_datetime(at, "d MMM, HH:mm"),
        "role_name": _ROLE_NAMES.get,
        "step_name": lambda step: _STEP_NAMES.get(step, step),
    }
