"""What is kept, and which steps the state of a question allows."""

from blueprints.models.answer import Answer, AnswerText, Draft, draft_version
from blueprints.models.base import LARGEST_ID, Model
from blueprints.models.canned import CannedAnswer
from blueprints.models.mail import Mail, QueueNotice
from blueprints.models.notice import Notice
from blueprints.models.person import Person, Role
from blueprints.models.question import Question
from blueprints.models.record import AuditEntry, AuditHead, Change, Remains
from blueprints.models.sign_in import Delay, RecoveryCode, SignIn
from blueprints.models.states import Lane, Reason, State, Step, StepError

__all__ = [
    "LARGEST_ID",
    "Answer",
    "AnswerText",
    "AuditEntry",
    "AuditHead",
    "CannedAnswer",
    "Change",
    "Delay",
    "Draft",
    "Lane",
    "Mail",
    "Model",
    "Notice",
    "Person",
    "Question",
    "QueueNotice",
    "Reason",
    "RecoveryCode",
    "Remains",
    "Role",
    "SignIn",
    "State",
    "Step",
    "StepError",
    "draft_version",
]
