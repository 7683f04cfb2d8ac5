"""Ask: the form, receipts, what became of a question, withdrawing; `flask questions …`."""

from blueprints.questions import asking, commands, mine, notice
from blueprints.questions.site import init_app, urls

__all__ = ["asking", "commands", "init_app", "mine", "notice", "urls"]
