"""Publishing and taking back, in one transaction each, as moderators do."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

from blueprints import audit, changes
from blueprints.database import db
from blueprints.models import Draft, Person, Question, Role, Step
from blueprints.questions import erasure, receipts

SLUG = "why-spine-surgeries-fail"
EMAIL = "clinician@example.org"


def publish(
    app: Flask, number: int | None = None, article: str = SLUG, **texts: tuple[str, str]
) -> int:
    """Publish a wording and an answer in each language, or revise those of question `number`."""
    with app.app_context():
        person = _clinician()
        question = (
            db.session.get(Question, number) if number else _asked(article, next(iter(texts)))
        )
        assert question is not None
        drafts = {draft.language: draft for draft in question.drafts}
        for language, (wording, answer) in texts.items():
            draft = drafts.get(language)
            if draft is None:
                draft = Draft(language=language, version=0, writer=person)
                question.drafts.append(draft)
            draft.wording, draft.answer, draft.saved_at = wording, answer, datetime.now(UTC)
            draft.version += 1
        told = [draft for draft in question.drafts if draft.language in texts]
        audit.record(question.publish(told, person), person, question)
        changes.publish()
        db.session.commit()
        return question.id


def unpublish(app: Flask, number: int) -> None:
    with app.app_context():
        person = _clinician()
        question = db.session.get_one(Question, number)
        question.unpublish(person)
        audit.record(Step.UNPUBLISH, person, question)
        changes.remove()
        db.session.commit()


def withdraw(app: Flask, number: int) -> None:
    """As its asker does."""
    with app.app_context():
        erasure.withdraw(number)


def _clinician() -> Person:
    found = db.session.scalars(select(Person).filter_by(email=EMAIL)).one_or_none()
    if found is None:
        found = Person(
            email=EMAIL,
            names={"en": "Asha Rao", "hi": "आशा राव"},
            credential="MS (Orth), Fellow of Spine Surgery",
            role=Role.MODERATOR,
            created_at=datetime.now(UTC),
        )
        db.session.add(found)
    return found


def _asked(article: str, language: str) -> Question:
    question = Question(
        receipt_hash=receipts.hash_of(receipts.make()),
        article=article,
        language=language,
        text="What was asked",
        notice="",
        asked_at=datetime.now(UTC),
    )
    db.session.add(question)
    db.session.flush()
    return question
