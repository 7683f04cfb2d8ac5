"""All articles of the content folder, and the notice that a clinician may fill."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flask import Flask, current_app
from flask_babel import lazy_gettext as _

from blueprints import catalogs
from blueprints.articles import source
from blueprints.articles.passages import Judge, Passage, Place, Translation, passages
from blueprints.articles.source import Article, ContentError
from blueprints.languages import SOURCE, current, in_language

# So much of the articles has to be in a language before it is offered without a word.
_WHOLE = 0.8


class Library:
    """The articles by slug, in every language.

    Raises:
        ContentError: an article breaks the form; the message names file and line.
        CatalogError: a catalog of articles may not be read. Faults in it are another's to tell.
    """

    def __init__(
        self, content: Path, translations: Path, languages: Iterable[str], judge: Judge
    ) -> None:
        self.judge = judge
        self.articles = {file.stem: source.read(file) for file in sorted(content.glob("*.md"))}
        if not self.articles:
            raise ContentError(f"{content}: there is no article")
        # Emergency symptoms are a clinician's to write: until the file is there, none are shown.
        symptoms = content / "notices" / "emergency.md"
        self.emergency = source.read(symptoms) if symptoms.exists() else None
        self._translations = {}
        for language in languages:
            shown = _passages(translations, language, judge)
            for article in self.all_sources():
                made = Translation(article, language, shown)
                self._translations[article.slug, language] = made

    def all_sources(self) -> list[Article]:
        """Everything that translators translate, in catalog order."""
        return [*self.articles.values(), *([self.emergency] if self.emergency else [])]

    def words_shown(self, language: str) -> tuple[int, int]:
        """English words of the articles: how many are shown in `language`, and all."""
        shown = whole = 0
        for article in self.all_sources():
            translation = self.translation(article, language)
            for block in article.blocks():
                words = len(block.text.split())
                whole += words
                shown += words if translation.show(block).language == language else 0
        return shown, whole

    def translation(self, article: Article, language: str) -> Translation:
        return self._translations[article.slug, language]


def init_app(app: Flask, content: Path, translations: Path, judge: Judge) -> None:
    app.config["CONTENT"] = content
    languages = app.extensions["languages"]
    app.extensions["articles"] = Library(content, translations, languages, judge)
    app.jinja_env.globals["partly_english"] = partly_english


def partly_english(language: str) -> str:
    """What readers who choose `language` are told, in it, if much of the articles is English."""
    shown, whole = library().words_shown(language)
    return "" if shown >= _WHOLE * whole else in_language(_("partly in English"), language)


def _passages(translations: Path, language: str, judge: Judge) -> dict[Place, Passage]:
    file = catalogs.path(translations, language, catalogs.ARTICLE)
    if language == SOURCE or not file.exists():
        return {}
    catalog, _faults = catalogs.examined(file, judge.edits)
    return passages(catalog, language, judge)


def library() -> Library:
    found: Library = current_app.extensions["articles"]
    return found


def in_current_language(article: Article) -> Translation:
    return library().translation(article, current().code)
