"""The server that takes our mail: `smtp://user:password@host:port`, or `smtps://`."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from flask import current_app

_PATIENCE_SECONDS = 20
_SMTPUTF8 = "smtputf8"


@contextmanager
def connected(url: str) -> Iterator[smtplib.SMTP]:
    """A connection, encrypted where the server can; a password is given on no other.

    Raises:
        OSError, SMTPException: the server is away, or does not want us.
    """
    parts = urlsplit(url)
    context = ssl.create_default_context()
    host, patience = parts.hostname or "", _PATIENCE_SECONDS
    if parts.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or smtplib.SMTP_SSL_PORT, timeout=patience, context=context
        )
    else:
        smtp = smtplib.SMTP(host, parts.port or smtplib.SMTP_PORT, timeout=patience)
    with smtp:
        smtp.ehlo()
        if parts.scheme == "smtp" and (smtp.has_extn("starttls") or parts.username):
            smtp.starttls(context=context)
        if parts.username:
            smtp.login(unquote(parts.username), unquote(parts.password or ""))
        smtp.ehlo_or_helo_if_needed()  # smtplib forgets what a server can when encryption begins
        current_app.extensions[_SMTPUTF8] = smtp.has_extn("smtputf8")
        yield smtp


def takes_any_mailbox() -> bool:
    """Whether the server takes a mailbox that is not written in ASCII, as far as is known.

    Each connection tells.
    """
    return bool(current_app.extensions.get(_SMTPUTF8, True))


def get_to_know(url: str) -> None:
    """Connect once, to hear what the server takes.

    Raises:
        OSError, SMTPException: as above.
    """
    if _SMTPUTF8 not in current_app.extensions:
        with connected(url):
            pass
