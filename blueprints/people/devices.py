"""The browsers people sign in with: what they say they are, and which have been here before."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Response, current_app
from itsdangerous import BadSignature, URLSafeSerializer

from blueprints import limits
from blueprints.people import cookies

_KEPT = timedelta(days=365)

_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def describe(user_agent: str) -> str:
    """As “Chrome, Android”; empty where neither is known."""
    names = (_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent))
    return ", ".join(filter(None, names))


def remember(response: Response, email: str) -> None:
    """Note in this browser that the person with this address has signed in here."""
    noted = _signer().dumps([_owner(email), known(email) or secrets.token_urlsafe(16)])
    cookies.write(response, "device", str(noted), _KEPT)


def known(email: str) -> str:
    """The mark of this browser, if the person with this address has signed in here before."""
    try:
        owner, mark = _signer().loads(cookies.read("device"))
    except BadSignature:
        return ""
    return str(mark) if owner == _owner(email) else ""


def _owner(email: str) -> str:
    return limits.keyed("device", email)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="device")


def _first(signs: dict[str, str], text: str) -> str:
    return next((name for sign, name in signs.items() if sign in text), "")
