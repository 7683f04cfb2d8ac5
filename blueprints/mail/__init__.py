"""E-mail to those who asked: that a question is decided, and nothing of what it says."""

from blueprints.mail.commands import bp
from blueprints.mail.courier import start
from blueprints.mail.delivery import GIVEN_UP
from blueprints.mail.smtp import takes_any_mailbox

__all__ = ["GIVEN_UP", "bp", "start", "takes_any_mailbox"]
