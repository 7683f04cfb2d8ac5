"""What a mail says: that a question is decided, never the question or its answer."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import gettext as _

from blueprints.limits import keyed
from blueprints.models import Question, State


def message(question: Question, address: str) -> EmailMessage:
    """The mail about `question`, in the language it was asked in."""
    settings = current_app.config["REEDH"]
    letter = EmailMessage()
    letter["From"] = settings.mail_from
    letter["To"] = address
    letter["Date"] = formatdate()
    # The same at each try, so that a mail that is sent twice may be shown once.
    host = urlsplit(settings.public_url).hostname
    letter["Message-ID"] = f"<{keyed(f'mail about question {question.id}')[:32]}@{host}>"
    letter["Auto-Submitted"] = "auto-generated"
    with current_app.test_request_context(f"/{question.language}/"):
        letter["Subject"] = _("News about your question")
        letter.set_content(render_template("mail/decided.txt", question=question, State=State))
    return letter
