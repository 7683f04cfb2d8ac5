"""What a mail says: never a word of a question or its answer."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import gettext as _

from blueprints.languages import SOURCE, speaking
from blueprints.limits import keyed
from blueprints.models import Person, Question, State


def message(question: Question, address: str) -> EmailMessage:
    """The mail about `question`, in the language it was asked in."""
    letter = _letter(address, "decided", str(question.id))
    with speaking(question.language):
        letter["Subject"] = _("News about your question")
        letter.set_content(render_template("mail/decided.txt", question=question, State=State))
    return letter


def queue_message(person: Person, waiting: int, urgent: int, newest: int) -> EmailMessage:
    """What waits in the queue up to the question `newest`, for a moderator, in their language."""
    letter = _letter(person.email, "queue", str(person.id), str(newest))
    code = person.language or SOURCE
    with speaking(code if code in current_app.extensions["languages"] else SOURCE):
        letter["Subject"] = _("Questions wait")
        letter.set_content(render_template("mail/queue.txt", waiting=waiting, urgent=urgent))
    return letter


def _letter(address: str, *about: str) -> EmailMessage:
    settings = current_app.config["REEDH"]
    letter = EmailMessage()
    letter["From"] = settings.mail_from
    letter["To"] = address
    letter["Date"] = formatdate()
    # The same at each try, so that a mail that is sent twice may be shown once.
    host = urlsplit(settings.public_url).hostname
    letter["Message-ID"] = f"<{keyed('message', *about)[:32]}@{host}>"
    letter["Auto-Submitted"] = "auto-generated"
    return letter
