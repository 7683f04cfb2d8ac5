"""Counts in memory: none stays when its time is over, and there are never too many.

The `limits` library keeps the keys of its own store in memory for ever, or looks at all of them at
each hit.
"""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from limits.storage import Storage

# For each length of time: some 20 MB. Whoever comes from more networks gets around a limit anyway.
MOST_KEYS = 50_000


class _Count(NamedTuple):
    hits: int
    until: float


class Counts(Storage):
    """The hits of a key are forgotten when its period has passed since the first, as in Redis.

    Keys that are counted for equally long end in the order in which they began. So whatever is over
    stands in front, and no key is looked at twice.
    """

    STORAGE_SCHEME = None

    def __init__(self, clock: Callable[[], float] = time.time, most: int = MOST_KEYS) -> None:
        super().__init__()
        self._clock = clock
        self._most = most
        self._lock = Lock()
        self._counts: dict[str, _Count] = {}
        self._begun: defaultdict[int, deque[str]] = defaultdict(deque)

    def __len__(self) -> int:
        return len(self._counts)

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with self._lock:
            self._forget()
            count = self._counts.get(key)
            if count is None:
                self._begin(key, expiry)
                count = _Count(0, self._clock() + expiry)
            self._counts[key] = count._replace(hits=count.hits + amount)
            return count.hits + amount

    def get(self, key: str) -> int:
        with self._lock:
            self._forget()
            return self._counts[key].hits if key in self._counts else 0

    def get_expiry(self, key: str) -> float:
        with self._lock:
            return self._counts[key].until if key in self._counts else self._clock()

    def forget(self) -> None:
        """Forget what is over; each hit does so too."""
        with self._lock:
            self._forget()

    def check(self) -> bool:
        return True

    def clear(self, key: str) -> None:
        with self._lock:
            if self._counts.pop(key, None):
                next(keys for keys in self._begun.values() if key in keys).remove(key)

    def reset(self) -> int:
        with self._lock:
            forgotten = len(self._counts)
            self._counts.clear()
            self._begun.clear()
            return forgotten

    def _begin(self, key: str, expiry: int) -> None:
        keys = self._begun[expiry]
        keys.append(key)
        if len(keys) > self._most:
            del self._counts[keys.popleft()]

    def _forget(self) -> None:
        now = self._clock()
        for keys in self._begun.values():
            while keys and self._counts[keys[0]].until <= now:
                del self._counts[keys.popleft()]
