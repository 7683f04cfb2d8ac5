"""Which lane a question waits in. What looks like spam is held for a person to see, not refused.

Patients share the address of their clinic's Wi-Fi, so numbers that few patients reach in a day
are no sign of anything when they come from one address.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta

from flask import current_app
from itsdangerous import URLSafeTimedSerializer
from limits import RateLimitItemPerHour, RateLimitItemPerMinute

from blueprints import limits
from blueprints.folding import fold
from blueprints.models import Lane

# 300 patients in ten minutes are a health camp; a program that asks five times a second is more.
FROM_ONE_NETWORK = RateLimitItemPerMinute(300, 10, namespace="asked")
LONG_FROM_ONE_NETWORK = RateLimitItemPerHour(3000, 12, namespace="asked-long")
SENT_FROM_ONE_NETWORK = RateLimitItemPerMinute(600, namespace="sent")
# Less than a day, as the notice says that nothing is counted for longer.
SAME_TEXT = RateLimitItemPerHour(3, 23, namespace="text")
WRONG_NUMBERS = RateLimitItemPerHour(60, namespace="numbers")

_FROM_ONE_NETWORK = (FROM_ONE_NETWORK, LONG_FROM_ONE_NETWORK)
_HELD_FROM = 2
_FAST_SECONDS = 3
_BETWEEN = re.compile(r"[\s,;<>()\[\]\"'|]+")
_SCHEME = re.compile(r"https?://")
_DOMAIN = re.compile(r"www\.|[a-z0-9]\.(?:com|net|org|info|ru|top|xyz|shop|online)(?![\w-])")


def is_flood() -> bool:
    """Whether so much comes from this network that it must wait."""
    return not limits.hit(SENT_FROM_ONE_NETWORK, limits.network())


def flood_seconds() -> int:
    return limits.seconds_left(SENT_FROM_ONE_NETWORK, limits.network())


def lane(text: str, *, trap: str, token: str | None) -> Lane:
    """Where a question should wait.

    `trap` is what stands in the field that nobody sees; `token` the CSRF token of a form that was
    written on its page, whose age is how long that took.
    """
    if trap or not all(limits.test(each, limits.network()) for each in _FROM_ONE_NETWORK):
        return Lane.HELD
    if not limits.test(SAME_TEXT, _fingerprint(text)):
        return Lane.HELD
    points = _links(text) + (token is not None and _is_young(token))
    return Lane.HELD if points >= _HELD_FROM else Lane.OPEN


def count(text: str) -> None:
    """Note that a question was stored."""
    for each in _FROM_ONE_NETWORK:
        limits.hit(each, limits.network())
    limits.hit(SAME_TEXT, _fingerprint(text))


def is_guessing() -> bool:
    """Count one more wrong number; whether so many came from this network that it guesses."""
    return not limits.hit(WRONG_NUMBERS, limits.network())


def _links(text: str) -> int:
    """How many links stand in `text`; an e-mail address is none."""
    parts = _BETWEEN.split(fold(text))
    return sum(len(_SCHEME.findall(part)) or _is_domain(part) for part in parts)


def _is_domain(part: str) -> bool:
    return "@" not in part and _DOMAIN.search(part) is not None


def _fingerprint(text: str) -> str:
    """The same for texts that differ in case, spaces and signs alone."""
    kept = (letter for letter in fold(text).casefold() if unicodedata.category(letter)[0] in "LMN")
    return limits.keyed_today("text", "".join(kept))


def _is_young(token: str) -> bool:
    """Whether a token, as Flask-WTF signs it, was made a moment ago."""
    signer = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
    _secret, made_at = signer.loads(token, return_timestamp=True)
    # The clock of the node that made it may be ahead.
    return bool(datetime.now(UTC) - made_at <= timedelta(seconds=_FAST_SECONDS))
