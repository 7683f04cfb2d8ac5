"""The queue among 100,000 questions: how long a page takes to be made, and how large it is.

Prints milliseconds and bytes, uncompressed, for shelves, filters, pages far behind, searches.
Exits 1 if the 95th percentile or a page is above its goal.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, text

from benchmarks.moderation.sites import sites
from blueprints.database import db
from blueprints.models import Answer, AnswerText, Draft, Lane, Person, Question, Reason, State
from tests.moderation.desk import ARTICLE, Desk, add_person

QUESTIONS = 100_000
TIMES = 40
GOAL_MS, GOAL_BYTES = 150, 30_000

# Of a hundred questions; a tenth of the published ones has a translation that waits.
_STATES = [
    *40 * [(State.WAITING, Lane.OPEN)],
    *5 * [(State.WAITING, Lane.HELD)],
    *40 * [(State.PUBLISHED, Lane.OPEN)],
    *10 * [(State.DECLINED, Lane.OPEN)],
    *5 * [(State.SPAM, Lane.HELD)],
]
_WORDS = {
    "en": (
        "my back leg pain after the operation surgery spine nurse doctor walk sit sleep screw disc "
        "months again numb foot worse better scan weeks when will why how long should before"
    ),
    "hi": (
        "मेरी कमर पैर दर्द ऑपरेशन के बाद रीढ़ नर्स डॉक्टर चलना बैठना नींद पेंच डिस्क महीने फिर सुन्न "
        "पंजा ज़्यादा बेहतर जाँच हफ़्ते कब क्या क्यों कैसे कितना पहले"
    ),
}
_RARE = "sciatica-of-1987"


def main() -> int:
    print(f"{QUESTIONS} questions, {TIMES} times each; goals: p95 {GOAL_MS} ms, {GOAL_BYTES} bytes")
    are_quick = [_is_quick(name, app) for name, app in sites()]
    return 0 if all(are_quick) else 1


def _is_quick(name: str, app: Flask) -> bool:
    desk = Desk(app, add_person(app))
    with app.app_context():
        _fill()
        paths = _paths()
    print(f"\n{name:44}{'p50':>8}{'p95':>8}{'bytes':>8}", flush=True)
    are_quick = [_measure(desk, what, path) for what, path in paths.items()]
    return all(are_quick)


def _paths() -> dict[str, str]:
    far = {
        shelf: db.session.scalars(
            select(Question.id).where(Question.state == state).order_by(Question.id)
            .offset(15_000).limit(1)
        ).one()
        for shelf, state in (("waiting", State.WAITING), ("published", State.PUBLISHED))
    }  # fmt: skip
    return {
        "waiting": "",
        "waiting, Hindi": "language=hi",
        "waiting, far behind": f"after={far['waiting']}",
        "held": "shelf=held",
        "to approve": "shelf=offered",
        "published": "shelf=published",
        "published, English, far behind": f"shelf=published&language=en&after={far['published']}",
        "declined": "shelf=declined",
        "spam": "shelf=spam",
        "a common word": "q=operation",
        "a common word among the published": "shelf=published&q=ऑपरेशन",
        "three common words": "q=back+pain+screw",
        "a rare word": f"q={_RARE}",
        "a rare word among the published": f"shelf=published&q={_RARE}",
        "a word nobody used": "q=unheard-of",
        "a word nobody published": "shelf=published&q=unheard-of",
        "a number": "q=4711",
    }


def _measure(desk: Desk, what: str, query: str) -> bool:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        answer = desk.get(f"/moderation/queue?{query}")
        times.append(1000 * (time.perf_counter() - start))
        assert answer.status_code == 200
    times.sort()
    p50, p95 = (times[int(share * TIMES)] for share in (0.5, 0.95))
    print(f"{what:44}{p50:>8.1f}{p95:>8.1f}{len(answer.data):>8}", flush=True)
    return p95 <= GOAL_MS and len(answer.data) <= GOAL_BYTES


def _fill() -> None:
    chance = random.Random(1)  # noqa: S311 (the same questions in every run)
    by = db.session.scalars(select(Person.id)).one()
    questions = list(_questions(chance, by))
    published = [each for each in questions if each["state"] == State.PUBLISHED]
    offered = {each["id"] for each in published[::10]}
    rows: dict[type[Any], list[dict[str, Any]]] = {
        Question: questions,
        Answer: [_answer(each) for each in published],
        AnswerText: [_text(chance, each) for each in published],
        Draft: [_draft(chance, each) for each in published if each["id"] in offered],
    }
    for table, values in rows.items():
        db.session.execute(insert(table), values)
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.setval("question_id_seq", QUESTIONS)))
        db.session.execute(text("ANALYZE"))  # as it does by itself within a minute
    db.session.commit()


def _questions(chance: random.Random, by: int) -> Iterator[dict[str, Any]]:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(1, QUESTIONS + 1):
        state, lane = chance.choice(_STATES)
        language = chance.choice(["en", "hi"])
        asked_at = start + timedelta(minutes=number)
        is_decided = state != State.WAITING
        rare = [_RARE] if number == QUESTIONS // 2 else []
        yield {
            "id": number,
            "receipt_hash": f"{number:064x}",
            "state": state,
            "lane": lane,
            "version": 1,
            "language": language,
            "article": ARTICLE,
            "text": " ".join([*_say(chance, language, 30), *rare]),
            "is_urgent": chance.random() < 0.02,
            "notice": "1",
            "asked_at": asked_at,
            "decided_at": asked_at + timedelta(days=chance.random()) if is_decided else None,
            "reason": Reason.OTHER if state == State.DECLINED else None,
            "writer_id": by if number % 7 == 0 else None,
            "written_at": asked_at if number % 7 == 0 else None,
        }


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    return {
        "question_id": question["id"],
        "article": ARTICLE,
        "language": question["language"],
        "person_id": 1,
        "published_at": question["decided_at"],
    }


def _text(chance: random.Random, question: dict[str, Any]) -> dict[str, Any]:
    return {
        "question_id": question["id"],
        "language": question["language"],
        "wording": question["text"],
        "answer": " ".join(_say(chance, question["language"], 120)),
        "published_at": question["decided_at"],
    }


def _draft(chance: random.Random, question: dict[str, Any]) -> dict[str, Any]:
    language = {"en": "hi", "hi": "en"}[question["language"]]
    return {
        "question_id": question["id"],
        "language": language,
        "version": 1,
        "wording": " ".join(_say(chance, language, 30)),
        "answer": " ".join(_say(chance, language, 120)),
        "writer_id": 1,
        "is_offered": True,
        "saved_at": question["decided_at"],
    }


def _say(chance: random.Random, language: str, words: int) -> list[str]:
    return chance.choices(_WORDS[language].split(), k=words)


if __name__ == "__main__":
    sys.exit(main())
