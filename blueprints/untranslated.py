"""Messages that a catalog does not give yet: shown in English, and told apart as English.

What has no translation, or one of another English, comes from gettext's fallback. While a response
is made, the fallback puts marks around it; on a page they become elements with `lang`, so that it
is read out in the right language, and everywhere else they are taken out.
"""

from __future__ import annotations

import re
import secrets

from babel.support import NullTranslations
from flask import Flask, Response, g
from flask_babel import Domain, get_locale

from blueprints.catalogs import PLACEHOLDER
from blueprints.languages import SOURCE, attributes, current

# A noncharacter, which Unicode keeps for use inside a program, and what nobody can type to pass for
# a mark.
_OURS = secrets.token_hex(8)
_BEGIN, _END = f"\ufdd0{_OURS}b", f"\ufdd0{_OURS}e"
_MARK = re.compile(rf"(?:\ufdd0|\\ufdd0){_OURS}[be]")  # JSON writes it in ASCII

# A tag, or an element in which no other element may stand.
_WITHOUT_ELEMENTS = re.compile(
    r"<(title|textarea|option|script|style)\b.*?</\1>|<[^>]*>", re.DOTALL
)


def init_app(app: Flask) -> None:
    """Let the messages of `app` fall back to English that is told apart. Goes after `languages`."""
    app.extensions["babel"].instance.domain_instance = _EnglishBehind()

    @app.before_request
    def begin() -> None:
        g.english_is_marked = False

    @app.after_request
    def tell_apart(response: Response) -> Response:
        if g.pop("english_is_marked", False) and not response.is_streamed:
            text = response.get_data(as_text=True)
            is_page = response.mimetype == "text/html"
            response.set_data(_as_elements(text) if is_page else _without_marks(text))
        return response


class _EnglishBehind(Domain):  # type: ignore[misc]
    """The catalogs of Flask-Babel, each with English behind it."""

    def get_translations(self) -> NullTranslations:
        translations: NullTranslations = super().get_translations()
        if translations._fallback is None and str(get_locale()) != SOURCE:
            translations.add_fallback(_English())
        return translations


class _English(NullTranslations):
    def gettext(self, message: str) -> str:
        return _marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _marked(super().ngettext(msgid1, msgid2, n))


def _marked(message: str) -> str:
    if "english_is_marked" not in g:
        return message  # a mail, or a command: nothing becomes a page
    g.english_is_marked = True
    if "<" not in message:  # what is filled in is in the language of the page
        message = PLACEHOLDER.sub(rf"{_END}\g<0>{_BEGIN}", message)
    return f"{_BEGIN}{message}{_END}"


def _as_elements(page: str) -> str:
    page = _WITHOUT_ELEMENTS.sub(lambda found: _without_marks(found[0]), page)
    page = page.replace(_BEGIN + _END, "").replace(
        _BEGIN, f"<span{attributes(SOURCE, current().code)}>"
    )
    return page.replace(_END, "</span>")


def _without_marks(text: str) -> str:
    return _MARK.sub("", text)
