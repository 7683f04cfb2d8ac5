"""How often something may be done, counted for a network, and for no longer than it matters.

Of an address there is only a keyed hash that changes every day. A count ends when its limit's
period has passed since the first hit, in memory and in Redis alike.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

from flask import Flask, current_app, request
from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.middleware.proxy_fix import ProxyFix

from blueprints.counts import Counts
from blueprints.networks import network_of
from blueprints.upkeep import Task

_PATIENCE_SECONDS = 1
_TIMEOUTS = ("socket_connect_timeout", "socket_timeout")


def init_app(app: Flask, url: str, trusted_proxies: int) -> None:
    """Count in the storage at `url`, by the addresses that so many proxies before us tell."""
    patience = dict.fromkeys(_TIMEOUTS, _PATIENCE_SECONDS)
    storage = (
        Counts()
        if url == "memory://"
        else storage_from_string(url, wrap_exceptions=True, **patience)
    )
    app.extensions["limits"] = FixedWindowRateLimiter(storage)
    if trusted_proxies:
        counts = dict.fromkeys(("x_for", "x_proto", "x_host"), trusted_proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **counts)  # type: ignore[method-assign]


def hit(limit: RateLimitItem, key: str) -> bool:
    """Count one more for `key`; whether that is within the limit."""
    try:
        return _limiter().hit(limit, key)
    except StorageError:
        return _is_away()


def test(limit: RateLimitItem, key: str) -> bool:
    """Whether one more for `key` would be within the limit."""
    try:
        return _limiter().test(limit, key)
    except StorageError:
        return _is_away()


def seconds_left(limit: RateLimitItem, key: str) -> int:
    """Until one more for `key` is within the limit again; at least 1."""
    try:
        reset = _limiter().get_window_stats(limit, key).reset_time
    except StorageError:
        return 1
    return max(1, round(reset - datetime.now(UTC).timestamp()))


def network() -> str:
    """The network that this request comes from, as a key."""
    return keyed_today("network", network_of(request.remote_addr or ""))


def keyed(purpose: str, *parts: str) -> str:
    """A hash of `parts` that nobody can make who lacks the secret key.

    It differs for each purpose, so that what somebody types for one cannot stand for another.
    """
    key = str(current_app.secret_key).encode()
    return hmac.digest(key, json.dumps([purpose, *parts]).encode(), hashlib.sha256).hex()


def keyed_today(purpose: str, *parts: str) -> str:
    """The same, and another every day, for what is counted."""
    return keyed(purpose, str(datetime.now(UTC).date()), *parts)


def forget() -> None:
    """Forget counts that are over also while nothing is counted; Redis does so by itself."""
    storage = _limiter().storage
    if isinstance(storage, Counts):
        storage.forget()


TASK = Task("forgetting of counts", timedelta(minutes=1), lambda _now: forget())


def _limiter() -> FixedWindowRateLimiter:
    limiter: FixedWindowRateLimiter = current_app.extensions["limits"]
    return limiter


def _is_away() -> bool:
    # Rather too many questions than none.
    current_app.logger.warning("REEDH_LIMITS_URL does not answer: nothing is counted.")
    return True
