"""The log: each entry begins a line, and nothing that somebody sent can begin another."""

from __future__ import annotations

import logging
from types import TracebackType

from flask.logging import default_handler

_FORM = "[%(asctime)s] %(levelname)s in %(module)s: %(message)s"
_INDENT = "  "

_Exception = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def init() -> None:
    """Have every logger write through our formatter, those of libraries too."""
    default_handler.setFormatter(Formatter(_FORM))
    logging.getLogger().addHandler(default_handler)


class Formatter(logging.Formatter):
    """Escapes what is not printable, and indents tracebacks."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (of the library)
        return _visible(super().formatMessage(record))

    def formatException(self, ei: _Exception) -> str:  # noqa: N802
        return _indented(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        return _indented(super().formatStack(stack_info))


def _indented(text: str) -> str:
    return "\n".join(_INDENT + _visible(line) for line in text.split("\n"))


def _visible(text: str) -> str:
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )
