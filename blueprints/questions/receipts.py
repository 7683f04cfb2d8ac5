"""Receipts: a question's secret number, with which its asker comes back to it.

130 random bits as 26 digits of Crockford's base 32 (https://www.crockford.com/base32.html). The
phone makes it; of the many that are typed by hand, the server keeps only the hash.
"""

from __future__ import annotations

import hashlib
import re
import secrets

from blueprints.folding import fold

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RECEIPT = re.compile(rf"[{_DIGITS}]{{26}}")
# With what stands between its groups, and room for what is pasted with it.
_MOST_TYPED = 200
# Letters that are read, or written, for a digit.
_MISREAD = str.maketrans("OIL", "011")


def make() -> str:
    return "".join(secrets.choice(_DIGITS) for _ in range(26))


def read(typed: str) -> str | None:
    """The receipt that somebody typed, whatever its spaces, hyphens, case and digits; or None."""
    text = re.sub(r"[\s.-]", "", fold(typed[:_MOST_TYPED])).upper().translate(_MISREAD)
    return text if _RECEIPT.fullmatch(text) else None


def in_groups(receipt: str) -> str:
    """As it is shown: six groups of four, and two."""
    return " ".join(receipt[start : start + 4] for start in range(0, len(receipt), 4))


def hash_of(receipt: str) -> str:
    """SHA-256 in hex: of so many random bits it needs no salt and no slowness."""
    return hashlib.sha256(receipt.encode()).hexdigest()
