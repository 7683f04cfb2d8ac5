"""In which states a question can be, and which steps lead from one to another."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"
    PUBLISHED = "published"
    DECLINED = "declined"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why a question is not answered here."""

    NEEDS_EXAMINATION = "needs-examination"
    EMERGENCY = "emergency"
    ALREADY_ANSWERED = "already-answered"
    OTHER_SUBJECT = "other-subject"
    PERSONAL_DETAILS = "personal-details"
    OTHER = "other"


class Lane(StrEnum):
    """Where a waiting question waits; none is refused for looking like spam."""

    OPEN = "open"
    HELD = "held"


class Step(StrEnum):
    """What can be done with a question; each raises its version by one."""

    PUBLISH = "publish"
    REVISE = "revise"
    UNPUBLISH = "unpublish"
    DECLINE = "decline"
    MARK_SPAM = "mark-spam"
    REOPEN = "reopen"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    ERASE = "erase"


class StepError(Exception):
    """The state of the question does not allow this step."""


# From which states a step leads, and to which.
FROM_TO = {
    Step.PUBLISH: ({State.WAITING}, State.PUBLISHED),
    Step.REVISE: ({State.PUBLISHED}, State.PUBLISHED),
    Step.UNPUBLISH: ({State.PUBLISHED}, State.WAITING),
    Step.DECLINE: ({State.WAITING}, State.DECLINED),
    Step.MARK_SPAM: ({State.WAITING}, State.SPAM),
    Step.REOPEN: ({State.DECLINED, State.SPAM}, State.WAITING),
    Step.RELEASE: ({State.WAITING}, State.WAITING),
}
