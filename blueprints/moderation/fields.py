"""What stands in the fields of a question's page, for each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from blueprints.languages import Language, all_languages, current
from blueprints.marking import Piece, difference
from blueprints.models import Question
from blueprints.moderation.drafting import Text


@dataclass(frozen=True, slots=True)
class Fields:
    """One language's fields as they are shown, and what somebody else wrote meanwhile."""

    language: Language
    text: Text
    writer: str = ""
    saved_at: datetime | None = None
    theirs: tuple[list[Piece], list[Piece]] | None = None


def fields(question: Question, typed: Mapping[str, Text]) -> list[Fields]:
    """The fields of all languages, the question's own first, with what somebody has `typed`."""
    own_first = sorted(all_languages(), key=lambda each: each.code != question.language)
    return [_fields(question, language, typed.get(language.code)) for language in own_first]


def is_untouched(question: Question, text: Text) -> bool:
    """Whether there is nothing in it but the wording that the page put there."""
    begun = _unwritten(question, text.language)
    return not text.version and not text.answer and text.wording in {"", begun.wording}


def _fields(question: Question, language: Language, typed: Text | None) -> Fields:
    draft = next((each for each in question.drafts if each.language == language.code), None)
    if draft is None:
        # A draft that somebody wrote on, and that was erased: what is sent next is the first again.
        begun = replace(typed, version=0) if typed else _unwritten(question, language.code)
        return Fields(language, begun)
    now = Text(language.code, draft.wording, draft.answer, draft.version)
    saved = (draft.writer.name(current().code), draft.saved_at)
    if typed is None or typed.says(draft):
        return Fields(language, now, *saved)
    theirs = difference(typed.wording, now.wording), difference(typed.answer, now.answer)
    # What is sent next was written with the other's text in sight.
    return Fields(language, replace(typed, version=draft.version), *saved, theirs=theirs)


def _unwritten(question: Question, code: str) -> Text:
    """What stands there while there is no draft; the published text if that was erased."""
    shown = question.answer.texts.get(code) if question.answer else None
    if shown:
        return Text(code, shown.wording, shown.answer)
    return Text(code, question.text or "" if code == question.language else "", "")
