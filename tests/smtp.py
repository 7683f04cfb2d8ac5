"""A real mail server, which can refuse whom it is told to."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from tests.serving import free_port

PASSWORD = "open & shut/%"  # noqa: S105 (with all that an address must quote)


@dataclass
class MailServer:
    """What it was given, and how it answers an address."""

    port: int = field(default_factory=free_port)
    letters: list[EmailMessage] = field(default_factory=list)
    refusal: str = ""
    refused: set[str] = field(default_factory=set)
    meanwhile: Callable[[], object] = lambda: None

    @property
    def url(self) -> str:
        return f"smtp://localhost:{self.port}"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd names it)
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refusal:
            return self.refusal
        if address in self.refused:
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        self.meanwhile()
        self.letters.append(letter)
        return "250 OK"


@contextmanager
def mail_server(
    tls: ssl.SSLContext | None = None, *, is_implicit: bool = False, takes_utf8: bool = True
) -> Iterator[MailServer]:
    """Run a server on this machine; with `tls` it wants the user `reedh` and a password."""
    made = MailServer()

    def authenticate(
        _server: Any, _session: Any, _envelope: Any, _method: str, data: Any
    ) -> AuthResult:
        known = LoginPassword(b"reedh", PASSWORD.encode())
        return AuthResult(success=data == known)

    secured: dict[str, Any] = {"authenticator": authenticate, "auth_require_tls": not is_implicit}
    if is_implicit:
        secured |= {"ssl_context": tls}
    else:
        secured |= {"tls_context": tls, "require_starttls": True, "auth_required": True}
    secured = (secured if tls else {}) | {"enable_SMTPUTF8": takes_utf8}
    controller = Controller(made, "localhost", made.port, **secured)
    controller.start()
    try:
        yield made
    finally:
        controller.stop()
