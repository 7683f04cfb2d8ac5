"""Moderators who all answer the same question at the same moment, each in words of their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from blueprints.database import db
from blueprints.models import AuditEntry, Draft, Step
from tests.moderation.desk import Desk
from tests.moderation.racing import at_once

PUBLISHED, CONFLICT = 303, 409
WORDS = 12


@dataclass
class Score:
    """What came of some contests."""

    publishes: int = 0
    losers: int = 0
    losers_shown: int = 0
    words: int = 0
    words_lost: int = 0
    faults: int = 0


def contest(app: Flask, desks: list[Desk], id_: int, score: Score) -> None:
    """Have all save their answers, and then all publish them, with the saved one in sight."""
    own = [_words(id_, number) for number in range(len(desks))]
    path = f"/moderation/questions/{id_}"
    fields = [_fields(text, draft=0) | {"preview": "y", "version": "1"} for text in own]
    saved = at_once(
        [partial(desk.send, path, sent) for desk, sent in zip(desks, fields, strict=True)]
    )
    _judge(score, saved, own)
    seen = _draft(app, id_).version
    looked_at = {"version": "1", "publish-en": "y", "checked": "y"}
    fields = [_fields(text, draft=seen) | looked_at for text in own]
    published = at_once(
        [
            partial(desk.send, f"{path}/preview", sent)
            for desk, sent in zip(desks, fields, strict=True)
        ]
    )
    winner = _judge(score, published, own)
    score.words += WORDS * len(own)
    kept = _draft(app, id_).answer
    for text, answer in zip(own, published, strict=True):
        shown = kept + answer.get_data(as_text=True)
        score.words_lost += sum(word not in shown for word in text.split())
    score.faults += kept != own[winner]
    score.publishes += _publishes(app, id_)


def _judge(score: Score, answers: list[TestResponse], own: list[str]) -> int:
    """Who was first; every other must see that one's text beside their own."""
    first = [number for number, answer in enumerate(answers) if answer.status_code == PUBLISHED]
    if len(first) != 1:
        score.faults += 1
        return first[0] if first else 0
    theirs = own[first[0]]
    for answer, text in zip(answers, own, strict=True):
        if text != theirs:
            score.losers += 1
            page = answer.get_data(as_text=True)
            is_shown = all(word in page for word in f"{theirs} {text}".split())
            score.losers_shown += answer.status_code == CONFLICT and is_shown
    return first[0]


def _fields(text: str, draft: int) -> dict[str, str]:
    return {"wording-en": "Will it hurt?", "answer-en": text, "draft-en": str(draft)}


def _words(id_: int, number: int) -> str:
    return " ".join(f"q{id_}m{number}w{word}." for word in range(WORDS))


def _draft(app: Flask, id_: int) -> Draft:
    with app.app_context():
        return db.session.get_one(Draft, (id_, "en"))


def _publishes(app: Flask, id_: int) -> int:
    steps = (Step.PUBLISH, Step.REVISE)
    of_this = select(func.count()).where(AuditEntry.question_id == id_, AuditEntry.step.in_(steps))
    with app.app_context():
        return db.session.scalars(of_this).one()
