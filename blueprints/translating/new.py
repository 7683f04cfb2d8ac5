"""`flask translations new`: a language begins with two catalogs, and nothing else."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import polib
from babel import Locale, UnknownLocaleError
from flask import current_app

from blueprints import catalogs
from blueprints.languages import SOURCE, Language, all_languages, describe
from blueprints.translating import updating
from blueprints.translating.commands import as_json, bp, extracted, today

WORDS_AN_HOUR = 250


@dataclass(frozen=True, slots=True)
class Begun:
    """What a translator into a new language is told.

    `plural_forms` are CLDR's names for them, `digits` CLDR's name for the language's own.
    """

    language: str
    name: str
    direction: str
    plural_forms: list[str]
    digits: str
    words: dict[str, int]
    hours: int


@bp.cli.command("new")
@click.argument("lang")
@as_json
def new(lang: str, as_json: bool) -> None:
    """Begin the language LANG: ur, pa, mr … Its catalogs are written, nothing else changes."""
    language = _new_language(lang)
    translations: Path = current_app.config["TRANSLATIONS"]
    entries = extracted()
    files = [catalogs.path(translations, language.code, domain) for domain in entries]
    _write(
        translations / language.code,
        {
            file.name: updating.text(updating.updated([], language.code, found, today()).catalog)
            for file, found in zip(files, entries.values(), strict=True)
        },
    )
    begun = _begun(language, entries)
    if as_json:
        click.echo(json.dumps(asdict(begun), ensure_ascii=False))
    else:
        _tell(begun, files)


def _new_language(code: str) -> Language:
    """The language of `code`.

    Raises:
        UsageError: there is no such language, it is written another way, or the site has it.
    """
    try:
        written = str(Locale.parse(code, sep="-")).replace("_", "-")
    except (ValueError, UnknownLocaleError) as error:
        raise click.UsageError(f"{code!r} is no language code that Babel knows.") from error
    if written != code:
        raise click.UsageError(f"Write {written!r} for {code!r}.")
    if code == SOURCE:
        raise click.UsageError("English is what is translated from.")
    folder = current_app.config["TRANSLATIONS"] / code
    if folder.exists() or code in {each.code for each in all_languages()}:
        raise click.UsageError(f"{folder} is there already.")
    return describe(code)


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """Make the catalogs of a language, all of them or none."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as beside:
        made = Path(beside) / "catalogs"
        made.mkdir()
        for name, text in texts.items():
            (made / name).write_text(text, encoding="utf-8")
        folder.mkdir()
        try:
            made.rename(folder / "LC_MESSAGES")
        except OSError:
            folder.rmdir()
            raise


def _begun(language: Language, entries: Mapping[str, Iterable[polib.POEntry]]) -> Begun:
    locale = Locale.parse(language.code, sep="-")
    words = {domain: _words(found) for domain, found in entries.items()}
    return Begun(
        language.code,
        language.autonym,
        language.direction,
        catalogs.plural_forms(language.code),
        locale.default_numbering_system,
        words,
        max(1, round(sum(words.values()) / WORDS_AN_HOUR)),
    )


def _words(entries: Iterable[polib.POEntry]) -> int:
    texts = (text for entry in entries for text in (entry.msgid, entry.msgid_plural))
    return sum(len(text.split()) for text in texts)


def _tell(begun: Begun, files: Iterable[Path]) -> None:
    ways = {"ltr": "left to right", "rtl": "right to left"}
    click.echo(f"{begun.language}: {begun.name}, written from {ways[begun.direction]}.")
    click.echo(f"Plural forms: {', '.join(begun.plural_forms)}.")
    click.echo(f"Digits: CLDR says {begun.digits}; the site writes 0-9 in every language.")
    for domain, count in begun.words.items():
        click.echo(f"{domain}.po: {count} words to translate.")
    click.echo(f"About {begun.hours} hours: an estimate, at {WORDS_AN_HOUR} words an hour.")
    click.echo("Next: translate these in a gettext editor, and look at the pages.")
    for file in files:
        click.echo(f"  {file}")
    click.echo("  make serve")
