"""Sign in: who moderates, translates and administers, and what each may do; `flask users …`."""

from blueprints.people import account, commands, setting_up, signing_in
from blueprints.people.access import me, require
from blueprints.people.membership import let_in, shut_out
from blueprints.people.resuming import resume
from blueprints.people.site import init_app

__all__ = [
    "account",
    "commands",
    "init_app",
    "let_in",
    "me",
    "require",
    "resume",
    "setting_up",
    "shut_out",
    "signing_in",
]
