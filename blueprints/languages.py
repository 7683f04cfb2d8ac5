"""The languages of the site, and the language of an address.

A language exists because its catalog directory exists: `translations/<language>/LC_MESSAGES/`.
English, the language of the source, always exists. The first path segment of an address
names its language; nothing else decides it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from itertools import takewhile
from pathlib import Path
from typing import Any

import click
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from werkzeug.routing import BaseConverter

SOURCE = "en"

# Days and hours are told as they are in Gurugram.
_CLINICS_ZONE = "Asia/Kolkata"
CLINICS_TIME: tzinfo = get_timezone(_CLINICS_ZONE)


_BETWEEN = re.compile("[-_]")


class LanguageError(click.ClickException):
    """A catalog directory has a name that is no language."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language readers can choose: BCP 47 code, its name in itself, `ltr` or `rtl`."""

    code: str
    autonym: str
    direction: str

    @property
    def locale(self) -> str:
        """The name of Babel's locale, which joins its parts with an underscore."""
        return self.code.replace("-", "_")


def find(translations: Path) -> tuple[Language, ...]:
    """The source language, then each language with a catalog directory, by code.

    Raises:
        LanguageError: a catalog directory is not named after a language Babel knows.
    """
    codes = sorted(path.parent.name for path in translations.glob("*/LC_MESSAGES"))
    return tuple(describe(code) for code in [SOURCE, *codes])


def describe(code: str) -> Language:
    """The language that a catalog directory is named after.

    Raises:
        LanguageError: Babel knows no such language.
    """
    try:
        locale = Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise LanguageError(f"translations/{code}: {code!r} is not a language code") from error
    return Language(code, locale.get_display_name(locale) or code, locale.text_direction)


def init_app(app: Flask, translations: Path, compiled: Path) -> None:
    """Give `app` its languages and its `language` URL converter.

    `translations` holds the `.po` catalogs, `compiled` the `.mo` files made from them.
    """
    known = {language.code: language for language in find(translations)}
    app.extensions["languages"] = known
    app.config["TRANSLATIONS"] = translations

    class LanguageConverter(BaseConverter):
        """Matches the codes of this application's languages and nothing else."""

        regex = "|".join(known)

    app.url_map.converters["language"] = LanguageConverter
    app.config["BABEL_DEFAULT_TIMEZONE"] = _CLINICS_ZONE
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(compiled)
    Babel(app, locale_selector=lambda: current().locale)

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "language" in values:
            g.language = values.pop("language")

    @app.url_defaults
    def give_language(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "language"):
            values.setdefault("language", current().code)

    app.jinja_env.globals |= {
        "autonym": autonym,
        "language_name": name_in_current,
        "other_language": other_language,
        "in_language": in_language,
    }
    app.context_processor(lambda: {"language": current(), "languages": all_languages()})


def all_languages() -> tuple[Language, ...]:
    return tuple(_known().values())


def by_code(code: str) -> Language:
    return _known()[code]


def autonym(code: str) -> str:
    """The name of a language in itself; the code, of one that the site has no more."""
    return _known()[code].autonym if code in _known() else code


def name_in_current(code: str) -> str:
    """The name of a language in the language of what is being written."""
    return Locale.parse(code, sep="-").get_display_name(get_locale()) or code


def in_language(text: object, code: str) -> str:
    """A lazy text of the catalogs in another language than the page's."""
    with force_locale(code.replace("-", "_")):
        return str(text)


@pass_context
def other_language(context: Context, code: str, around: str = "") -> Markup:
    """The attributes of an element whose text is in `code`, and not in what is around it.

    By default that is the language of the page.
    """
    return attributes(code, around or context["language"].code)


def attributes(code: str, around: str) -> Markup:
    """The attributes of an element whose text is in `code`, inside text in `around`."""
    if code == around:
        return Markup()
    way = _direction(code)
    turned = Markup(' dir="{}"').format(way) if way != _direction(around) else ""
    return Markup(' lang="{}"{}').format(code, turned)


def _direction(code: str) -> str:
    return str(Locale.parse(code, sep="-").text_direction)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Write in a language, as on a page of it, whatever else is being answered or written."""
    # The context of a request alone would share its language with the one around it.
    with current_app.app_context(), current_app.test_request_context(f"/{code}/"):
        yield


def current() -> Language:
    """The language of this request: its address's, or else the reader's preferred one."""
    if not has_request_context():
        return by_code(SOURCE)
    if "language" not in g:
        g.language = preferred()
    return by_code(g.language)


def preferred() -> str:
    """The code that suits the reader best: of the address, of Accept-Language, or English."""
    wanted = [tag for tag, quality in request.accept_languages if quality > 0]
    tags = [request.path.split("/", 2)[1], *wanted]
    return next(filter(None, map(closest, tags)), SOURCE)


def closest(tag: str) -> str | None:
    """The code of ours that shares the most subtags with `tag`, from the left; None if none does.

    That is lookup as in RFC 4647, section 3.4, but for two things: “hi” finds “hi-Latn” where there
    is no other Hindi, and an underscore is a hyphen, as some programs send locales.
    """
    asked = _subtags(tag)
    shared = {code: _shared(asked, _subtags(code)) for code in _known()}
    best = max(shared, key=lambda code: (shared[code], -len(code)))
    return best if shared[best] else None


def spelt(tag: str) -> str | None:
    """The code of ours that `tag` is, but for case and underscores."""
    return next((code for code in _known() if _subtags(code) == _subtags(tag)), None)


def _subtags(tag: str) -> list[str]:
    first, *others = _BETWEEN.split(tag.lower())
    # Registers replace codes: “hin” is “hi”.
    return [*_BETWEEN.split(get_global("language_aliases").get(first, first).lower()), *others]


def _shared(some: list[str], others: list[str]) -> int:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False))
    return sum(1 for _pair in same)


def each_language(urls: Callable[[], list[str]]) -> dict[str, list[str]]:
    """What `urls()` gives in each language, by code."""
    before = current().code
    gathered: dict[str, list[str]] = {}
    for language in all_languages():
        g.language = language.code
        gathered[language.code] = urls()
    g.language = before
    return gathered


def _known() -> dict[str, Language]:
    known: dict[str, Language] = current_app.extensions["languages"]
    return known
