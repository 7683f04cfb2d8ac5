"""The sheet for the waiting-room wall: the same words in every language, Hindi before English."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from blueprints import qr
from blueprints.languages import SOURCE, Language


@dataclass(frozen=True, slots=True)
class Panel:
    """The sheet's words in one language."""

    language: Language
    call: str
    promise: str
    caveat: str
    steps: tuple[str, ...]


def panels(languages: tuple[Language, ...], titles: dict[str, str]) -> list[Panel]:
    """The words for each language; `titles` gives the article's title by language code."""
    translated_first = sorted(languages, key=lambda language: language.code == SOURCE)
    return [_panel(language, titles[language.code]) for language in translated_first]


def _panel(language: Language, title: str) -> Panel:
    with force_locale(language.locale):
        return Panel(
            language,
            call=title,
            promise=_("Read it on your phone, in Hindi or English. Free, no app, no sign-in."),
            caveat=_("No doctor has checked these pages yet."),
            steps=(
                _("Open the camera of your phone."),
                _("Point it at the square above."),
                _("Tap the address that appears."),
            ),
        )


def qr_code(address: str) -> Markup:
    return qr.code(address, _("QR code of %(address)s", address=address))
