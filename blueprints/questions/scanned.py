"""Addresses of a question's number with %23 for #, as some QR scanners and share sheets write them.

Browsers send no fragment, but they send this one: the secret number, in the path. It is cut off
before anything of the application reads it, or could write it into a log. The script of the page
finds it in the browser's own address (`static/ask/mine.js`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# The path comes decoded once; some programs have quoted it more than once.
_NUMBER = re.compile(r"/+([^/]+)/+questions/*(?:#|%(?:25)*23).*", re.DOTALL)


class WithoutNumber:
    """Passes such an address on as the address of the page."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if found := _NUMBER.fullmatch(environ["PATH_INFO"]):
            # Some servers hand on the address as it came, too.
            known = [name for name in ("PATH_INFO", "RAW_URI", "REQUEST_URI") if name in environ]
            environ = environ | dict.fromkeys(known, f"/{found[1]}/questions")
        return self._inner(environ, start_response)
