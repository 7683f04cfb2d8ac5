"""What is published, for whoever shows it to readers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import url_for
from sqlalchemy import Select, func, select, tuple_

from blueprints import changes, edition
from blueprints.changes import Changes
from blueprints.database import db
from blueprints.languages import CLINICS_TIME
from blueprints.models import LARGEST_ID, Answer, AnswerText

# So many stand under their article, in the edition, and are kept on phones.
NEWEST = 10

# Languages, and since when an answer is as it is in each.
Stamp = frozenset[tuple[str, datetime]]

_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Text:
    """An answer in one language, and its question, which may be in another; plain text."""

    wording: str
    wording_language: str
    answer: str
    published_at: datetime

    @property
    def paragraphs(self) -> list[list[str]]:
        """The lines of each paragraph of the answer."""
        return [part.splitlines() for part in _BLANK_LINES.split(self.answer.strip())]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as readers of one language see it.

    Where it is not in theirs, `language` is another; `original` is the one it was written in.
    `is_stale`: a translation of an answer that was revised since. `revised_on`: none where it is
    as it was first published.
    """

    id: int
    language: str
    original: str
    text: Text
    is_stale: bool
    name: str
    name_language: str
    credential: str
    published_on: date
    revised_on: date | None


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """An answer in all its languages, with who answered; `language` is the one it began in."""

    id: int
    article: str
    language: str
    published_at: datetime
    names: Mapping[str, str]
    credential: str
    texts: Mapping[str, Text]

    @property
    def stamp(self) -> Stamp:
        """What changes when the answer does."""
        return frozenset((code, text.published_at) for code, text in self.texts.items())

    def shown(self, language: str) -> Shown:
        """The answer for readers of `language`."""
        own = language if language in self.texts else self.language
        name_language = language if self.names.get(language) else "en"
        is_stale = self.texts[own].published_at < self.texts[self.language].published_at
        revised_at = self.texts[self.language].published_at
        is_revised = revised_at > self.published_at and not is_stale
        return Shown(
            id=self.id,
            language=own,
            original=self.language,
            text=self.texts[own],
            is_stale=is_stale,
            name=self.names[name_language],
            name_language=name_language,
            credential=self.credential,
            published_on=_day(self.published_at),
            revised_on=_day(revised_at) if is_revised else None,
        )


def _day(moment: datetime) -> date:
    return moment.astimezone(CLINICS_TIME).date()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Published:
    """What the edition shows of the database, as of `changes`: the newest answers by article."""

    changes: Changes
    newest: Mapping[str, Sequence[PublishedAnswer]]

    def answers(self, article: str) -> Sequence[PublishedAnswer]:
        return self.newest.get(article, ())


def read(last: Published | None = None) -> Published:
    """What is published now; `last` itself if nothing has changed since it was read.

    Raises:
        DBAPIError, TimeoutError: the database is busy or away, or has no tables.
    """
    # Before the answers: what is published in between is read twice, and nothing is missed.
    now = changes.read()
    if last is not None and last.changes == now:
        return last
    articles = db.session.scalars(select(Answer.article).distinct())
    return Published(now, {slug: page(slug, 0, NEWEST) for slug in articles})


def unread(last: Published | None) -> Published:
    """What is shown where the database cannot be read: no answers. That recalls nothing."""
    return Published(last.changes if last else Changes(0, 0), {})


def in_edition() -> Published:
    """What the present edition shows; of one that is being made, what that will show."""
    return cast("Published", edition.inputs())


def removals() -> str:
    """Changes when an answer is taken away that phones may still show."""
    return str(in_edition().changes.removals)


def permalink(article: str, answer_id: int) -> str:
    """The page of all answers on which this one stands, wherever others have moved it."""
    page = url_for("articles.answers", slug=article, answer=answer_id)
    return f"{page}#answer-{answer_id}"


def count(article: str) -> int:
    """How many answers an article has."""
    return db.session.scalars(select(func.count()).where(Answer.article == article)).one()


def page(article: str, start: int, size: int) -> list[PublishedAnswer]:
    """Answers of an article, the newest first."""
    return _found(
        select(Answer)
        .where(Answer.article == article)
        .order_by(Answer.published_at.desc(), Answer.question_id.desc())
        .offset(start)
        .limit(size)
    )


def place(answer_id: int, article: str) -> int | None:
    """How many answers of its article are newer than this one; None if it is not published."""
    answer = db.session.get(Answer, answer_id) if 0 <= answer_id <= LARGEST_ID else None
    if answer is None or answer.article != article:
        return None
    newer = tuple_(Answer.published_at, Answer.question_id) > tuple_(
        answer.published_at, answer.question_id
    )
    return db.session.scalars(select(func.count()).where(Answer.article == article, newer)).one()


def with_ids(ids: Collection[int]) -> dict[int, PublishedAnswer]:
    """Those of these answers that are published."""
    if not ids:
        return {}
    return {each.id: each for each in _found(select(Answer).where(Answer.question_id.in_(ids)))}


def number() -> int:
    """The change number."""
    return changes.read().number


def stamps() -> dict[int, Stamp]:
    """The stamp of every published answer."""
    rows = db.session.execute(
        select(AnswerText.question_id, AnswerText.language, AnswerText.published_at)
    )
    found: dict[int, set[tuple[str, datetime]]] = {}
    for answer_id, language, published_at in rows:
        found.setdefault(answer_id, set()).add((language, published_at))
    return {answer_id: frozenset(stamp) for answer_id, stamp in found.items()}


def _found(wanted: Select[Answer]) -> list[PublishedAnswer]:
    return [as_published(answer) for answer in db.session.scalars(wanted)]


def as_published(answer: Answer) -> PublishedAnswer:
    """What readers get of it, also of one that is not published yet."""
    return PublishedAnswer(
        id=answer.question_id,
        article=answer.article,
        language=answer.language,
        published_at=answer.published_at,
        names=answer.person.names,
        credential=answer.person.credential,
        texts={
            code: Text(*answer.wording(code), text.answer, text.published_at)
            for code, text in answer.texts.items()
        },
    )
