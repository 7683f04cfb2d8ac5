"""All articles of the content folder, and the notice that a clinician may fill."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, current_app

from blueprints.articles import source
from blueprints.articles.passages import Translation
from blueprints.articles.source import Article, ContentError
from blueprints.languages import Language, current


class Library:
    """The articles by slug, in every language.

    Raises:
        ContentError: an article breaks the form; the message names file and line.
        CatalogError: a catalog of articles cannot be read.
    """

    def __init__(self, content: Path, translations: Path, languages: dict[str, Language]) -> None:
        self.articles = {file.stem: source.read(file) for file in sorted(content.glob("*.md"))}
        if not self.articles:
            raise ContentError(f"{content}: there is no article")
        # Emergency symptoms are a clinician's to write: until the file is there, none are shown.
        symptoms = content / "notices" / "emergency.md"
        self.emergency = source.read(symptoms) if symptoms.exists() else None
        self._translations = {
            (article.slug, code): Translation(article, language, translations)
            for article in self.all_sources()
            for code, language in languages.items()
        }

    def all_sources(self) -> list[Article]:
        """Everything that translators translate, in catalog order."""
        return [*self.articles.values(), *([self.emergency] if self.emergency else [])]

    def translation(self, article: Article, language: str) -> Translation:
        return self._translations[article.slug, language]


def init_app(app: Flask, content: Path, translations: Path) -> None:
    app.extensions["articles"] = Library(content, translations, app.extensions["languages"])


def library() -> Library:
    found: Library = current_app.extensions["articles"]
    return found


def in_current_language(article: Article) -> Translation:
    return library().translation(article, current().code)
