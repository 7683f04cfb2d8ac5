"""Drafts on the server: each saving says what it was made from, and none is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from blueprints import plain_text
from blueprints.database import db
from blueprints.languages import all_languages
from blueprints.models import Draft, Person, Question, State, draft_version

LONGEST_WORDING, LONGEST_ANSWER = 4000, 6000

_WRITTEN_IN = (State.WAITING, State.PUBLISHED)


class ConflictError(Exception):
    """Somebody else was first; what they did is in the database."""


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote in one language, and the version of the draft they had before them."""

    language: str
    wording: str
    answer: str
    version: int = 0

    def followed_by(self, more: str) -> Text:
        """The same with `more` after its answer."""
        answer = "\n\n".join(part for part in (self.answer, more) if part)
        return replace(self, answer=answer)

    def says(self, draft: Draft | None) -> bool:
        """Whether it is what `draft` says."""
        said = (draft.wording, draft.answer) if draft else ("", "")
        return (self.wording, self.answer) == said


def read(form: Mapping[str, str]) -> list[Text]:
    """The texts of a form, one for each language of the site that it has fields for."""
    return [
        Text(
            language.code,
            plain_text.normalise(form.get(f"wording-{language.code}", "")),
            plain_text.normalise(form[f"answer-{language.code}"]),
            _number(form.get(f"draft-{language.code}", "")),
        )
        for language in all_languages()
        if f"answer-{language.code}" in form
    ]


def is_too_long(text: Text) -> bool:
    return len(text.wording) > LONGEST_WORDING or len(text.answer) > LONGEST_ANSWER


def too_long() -> str:
    text: str = _(
        "A text is too long: a question has at most %(wording)s letters, an answer %(answer)s.",
        wording=LONGEST_WORDING,
        answer=LONGEST_ANSWER,
    )
    return text


def save(question_id: int, texts: Iterable[Text], by: Person, *, is_offered: bool = False) -> None:
    """Save all of `texts`, or none.

    Raises:
        ConflictError: a draft is not the one that was seen, or the question is decided otherwise.
    """
    with all_or_nothing():
        write(question_id, texts, by, is_offered=is_offered)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Commit at the end; after any error, nothing has happened."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def write(question_id: int, texts: Iterable[Text], by: Person, *, is_offered: bool = False) -> None:
    """What `save` does, in the transaction of the caller.

    It begins with the question's row, whose lock a withdrawal waits for: no draft outlives it.
    """
    now = datetime.now(UTC)
    seen = update(Question).where(Question.id == question_id, Question.state.in_(_WRITTEN_IN))
    _expect_one(seen.values(writer_id=by.id, written_at=now).returning(Question.id))
    for text in texts:
        draft = db.session.get(Draft, (question_id, text.language), populate_existing=True)
        if text.says(draft) and not is_offered:
            continue
        values = {
            "wording": text.wording,
            "answer": text.answer,
            "writer_id": by.id,
            "is_offered": is_offered,
            "saved_at": now,
            "version": draft_version(),
        }
        if text.version:
            key = {"question_id": question_id, "language": text.language}
            was_seen = update(Draft).filter_by(**key, version=text.version)
            _expect_one(was_seen.values(values).returning(Draft.version))
        else:
            insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
            first = insert(Draft).values(question_id=question_id, language=text.language, **values)
            _expect_one(first.on_conflict_do_nothing().returning(Draft.version))
    db.session.expire_all()


def _expect_one(statement: ReturningUpdate[Any] | ReturningInsert[Any]) -> None:
    unsynchronised = statement.execution_options(synchronize_session=False)
    if db.session.execute(unsynchronised).first() is None:
        raise ConflictError


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
