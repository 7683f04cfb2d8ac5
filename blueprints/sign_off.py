"""Sign-offs: who has checked a translation, and that nothing has changed since.

A sign-off is a comment of translators, which every gettext tool leaves with its entry. It
holds a digest of both texts, so it ends by itself when either changes. A digest says what
was checked, not by whom: that the name is true, the history of the files has to show.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import click
import polib

from blueprints import catalogs

_SIGN_OFF = re.compile(
    r"^reviewed: (?P<digest>[0-9a-f]{12}) (?P<by>\S+) (?P<on>\d{4}-\d{2}-\d{2}) (?P<role>\w+)$"
)


class Role(StrEnum):
    """What somebody has checked: that it is well said, or that it is medically true."""

    LANGUAGE = "language"
    CLINICAL = "clinical"


class ReviewersError(click.ClickException):
    """The list of reviewers cannot be used; the message begins with its file."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who may sign, in which languages and roles."""

    name: str
    qualification: str
    languages: tuple[str, ...]
    roles: tuple[Role, ...]
    registration: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """One comment: `digest` of what was checked, the id of `by` whom."""

    digest: str
    by: str
    on: str
    role: str

    def __str__(self) -> str:
        return f"reviewed: {self.digest} {self.by} {self.on} {self.role}"


def reviewers(translations: Path) -> dict[str, Reviewer]:
    """Those of `reviewers.toml`, by id; nobody where there is no such file.

    Raises:
        ReviewersError: it is no TOML, or a person in it lacks something.
    """
    file = translations / "reviewers.toml"
    if not file.exists():
        return {}
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
        return {each: _reviewer(told) for each, told in found.items()}
    except (ValueError, TypeError, KeyError) as error:
        raise ReviewersError(f"{file}: {error}") from error


def _reviewer(told: Mapping[str, object]) -> Reviewer:
    fields = dict(told)
    languages, roles = fields.pop("languages"), fields.pop("roles")
    if not isinstance(languages, list) or not isinstance(roles, list):
        raise TypeError("languages and roles are lists")
    texts = {name: str(value) for name, value in fields.items()}
    return Reviewer(languages=tuple(languages), roles=tuple(map(Role, roles)), **texts)


def digest(entry: polib.POEntry) -> str:
    """Twelve digits that change with the English, its place or the translation."""
    return catalogs.digest(entry)[:12]


def sign_offs(entry: polib.POEntry) -> Iterator[SignOff]:
    """All that were ever given and not replaced, ended ones too."""
    for line in entry.tcomment.splitlines():
        if found := _SIGN_OFF.match(line.strip()):
            yield SignOff(**found.groupdict())


def sign(entry: polib.POEntry, by: str, role: Role, on: date) -> None:
    """Sign what the entry says now, in place of an earlier sign-off in that role."""
    earlier = {str(each) for each in sign_offs(entry) if each.role == role}
    kept = [line for line in entry.tcomment.splitlines() if line.strip() not in earlier]
    made = SignOff(digest(entry), by, on.isoformat(), role)
    entry.tcomment = "\n".join([*kept, str(made)])


def signed(
    entry: polib.POEntry, role: Role, language: str, known: Mapping[str, Reviewer]
) -> SignOff | None:
    """The sign-off in `role` that holds: of these texts, by somebody who may give it."""
    for each in sign_offs(entry):
        who = known.get(each.by)
        if (
            each.role == role
            and each.digest == digest(entry)
            and who
            and role in who.roles
            and language in who.languages
        ):
            return each
    return None
