"""Why a question is not answered here, in words for its asker."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from blueprints.models import Reason

WHY = {
    Reason.NEEDS_EXAMINATION: _(
        "A doctor has to examine you for this. Please show it to the doctor who treats you."
    ),
    Reason.EMERGENCY: _("This may be an emergency. Call 112 or go to the nearest hospital now."),
    Reason.ALREADY_ANSWERED: _("This guide answers it already. Please search for it."),
    Reason.OTHER_SUBJECT: _("It is not about what this guide is about."),
    Reason.PERSONAL_DETAILS: _(
        "Its answer would tell who you are. You can ask again without personal details."
    ),
    Reason.OTHER: _("A clinician has read it and cannot answer it here."),
}
