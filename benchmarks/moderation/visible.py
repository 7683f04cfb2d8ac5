"""How soon readers see what was published, and see no more what was taken back.

Each time counts from the commit until a request that began then, or later, is answered rightly by
the running site: by the article, by the page of all answers, and by the search. Exits 1 if a goal
of docs/architecture.md is missed.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import insert

from app import create_app
from benchmarks.search.text import DEVANAGARI, ROMAN, sentence, vocabulary
from blueprints import database
from blueprints.database import db
from blueprints.models import Answer, AnswerText, Question, State
from tests.conftest import ARTICLE
from tests.publishing import SLUG, publish, unpublish
from tests.serving import serving

SIZES = (1, 10_000)
ROUNDS = 20
PUBLISHED_SECONDS = 2
REMOVED_SECONDS = 1
PATIENCE_SECONDS = 300
# What an answer says and its query does not.
WORD = "zanzibar"
FIRST = "quagga"
PAGES = {
    "article": f"/hi{ARTICLE}",
    "all answers": f"/en{ARTICLE}/answers",
    "search": "/en/search.json?q=travel",
}


def main() -> int:
    reached = True
    print(f"{'answers':>8} {'':<24}{'p50 s':>8}{'p95 s':>8}{'max s':>8}{'goal':>6}")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as instance:
            app = create_app({"REEDH_INSTANCE_PATH": instance})
            with app.app_context():
                database.upgrade()
            _fill(app, size)
            with serving(REEDH_INSTANCE_PATH=instance) as address:
                reached = _measure(app, address, size) and reached
    return 0 if reached else 1


def _fill(app: Flask, size: int) -> None:
    """Publish so many answers, each but the first with some 70 words in each language."""
    first = publish(app, en=("The first one", f"Is found by {FIRST}."))
    chance = random.Random(7)  # noqa: S311 (the same text in every run)
    words = {"en": vocabulary(chance, ROMAN), "hi": vocabulary(chance, DEVANAGARI)}
    with app.app_context():
        known = db.session.get_one(Answer, first)
        moments = {
            number: known.published_at + timedelta(microseconds=number)
            for number in range(first + 1, first + size)
        }
        for table, rows in (
            (Question, [_question(number, at) for number, at in moments.items()]),
            (Answer, [_answer(number, at, known.person_id) for number, at in moments.items()]),
            (
                AnswerText,
                [
                    _text(number, at, code, [sentence(chance, listed) for _ in range(6)])
                    for number, at in moments.items()
                    for code, listed in words.items()
                ],
            ),
        ):
            if rows:
                db.session.execute(insert(table), rows)
        db.session.commit()


def _question(number: int, at: datetime) -> dict[str, Any]:
    published = {"state": State.PUBLISHED, "version": 2, "article": SLUG, "language": "en"}
    return {"id": number, "receipt_hash": f"{number:064}", "asked_at": at, "notice": ""} | published


def _answer(number: int, at: datetime, person: int) -> dict[str, Any]:
    told = {"article": SLUG, "language": "en", "person_id": person, "published_at": at}
    return {"question_id": number} | told


def _text(number: int, at: datetime, code: str, sentences: list[str]) -> dict[str, Any]:
    told = {"wording": sentences[0], "answer": " ".join(sentences[1:]), "published_at": at}
    return {"question_id": number, "language": code} | told


def _measure(app: Flask, address: str, size: int) -> bool:
    seconds = _wait(f"{address}/en/search.json?q=first", FIRST, is_there=True)
    print(f"{size:>8} all found {seconds:.1f} s after the site was ready", flush=True)
    published: dict[str, list[float]] = {name: [] for name in PAGES}
    removed: dict[str, list[float]] = {name: [] for name in PAGES}
    for _ in range(ROUNDS):
        number = publish(app, en=("May I travel?", f"To {WORD}, after six weeks."))
        _note(address, published, is_there=True)
        unpublish(app, number)
        _note(address, removed, is_there=False)
    rows = [("published", published, PUBLISHED_SECONDS), ("removed", removed, REMOVED_SECONDS)]
    reached = [_print(size, step, found, goal) for step, found, goal in rows]
    return all(reached)


def _note(address: str, times: dict[str, list[float]], *, is_there: bool) -> None:
    with ThreadPoolExecutor() as together:
        waits = {
            name: together.submit(_wait, address + path, WORD, is_there=is_there)
            for name, path in PAGES.items()
        }
        for name, wait in waits.items():
            times[name].append(wait.result())


def _wait(url: str, word: str, *, is_there: bool) -> float:
    """Seconds until the answer at `url` holds the word, or holds it no more."""
    start = time.monotonic()
    while time.monotonic() < start + PATIENCE_SECONDS:
        with urllib.request.urlopen(url) as answer:
            told = answer.read().decode()
        if (word in told) == is_there:
            return time.monotonic() - start
        time.sleep(0.05)
    raise TimeoutError(url)


def _print(size: int, step: str, found: dict[str, list[float]], goal: float) -> bool:
    for name, times in found.items():
        times.sort()
        p50, p95 = (times[int(share * len(times))] for share in (0.5, 0.95))
        print(f"{size:>8} {step + ': ' + name:<24}{p50:>8.2f}{p95:>8.2f}{times[-1]:>8.2f}{goal:>6}")
    sys.stdout.flush()
    return max(times[-1] for times in found.values()) <= goal


if __name__ == "__main__":
    sys.exit(main())
