"""Who took which step: a chain that nobody can change unseen; `flask audit …`."""

from blueprints.audit.chain import ChainError, Head, note, record, verify
from blueprints.audit.commands import bp

__all__ = ["ChainError", "Head", "bp", "note", "record", "verify"]
