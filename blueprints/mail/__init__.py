"""E-mail to those who asked: that a question is decided, and nothing of what it says."""

from blueprints.mail.commands import bp
from blueprints.mail.courier import start

__all__ = ["bp", "start"]
