"""Decide: the queue, a question, its drafts, publishing, declining; ready answers; translations."""

from blueprints.moderation import (
    administration,
    canned,
    deciding,
    publishing,
    question,
    queue,
    translations,
    words,
)
from blueprints.moderation.site import LONGEST_BODY, PATHS, Others, init_app

__all__ = [
    "LONGEST_BODY",
    "PATHS",
    "Others",
    "administration",
    "canned",
    "deciding",
    "init_app",
    "publishing",
    "question",
    "queue",
    "translations",
    "words",
]
