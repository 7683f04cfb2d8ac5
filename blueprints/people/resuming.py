"""The way back to where somebody was, with what they were sending, after signing in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.addresses import requested

# A path of ours for moderators, and nothing that a browser reads as another site.
_ADDRESS = re.compile(r"/moderation(?:[/?][!-\[\]-~]*)?")

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Way:
    """An address, empty for the first page, and the fields of a form that was sent there."""

    address: str = ""
    fields: Fields = field(default_factory=list)

    @classmethod
    def of_request(cls) -> Way:
        """The way that this request was on."""
        fields = _without_token(request.form.items(multi=True))
        # Without any, what was only sent has nothing to be led back to.
        is_page = request.method in {"GET", "HEAD"} or fields
        return cls(_safe(requested()) if is_page else "", fields)

    @classmethod
    def of_form(cls) -> Way:
        """The way that an earlier page handed on."""
        return cls(_safe(request.values.get("next", "")), _read(request.form.get("kept", "")))

    @property
    def kept(self) -> str:
        return json.dumps(self.fields, ensure_ascii=False) if self.fields else ""


def go(way: Way, first_page: str) -> ResponseReturnValue:
    """Lead on, or show what was being sent with a button that sends it."""
    if way.fields and way.address:
        return resume(way.address, way.fields)
    return redirect(way.address or first_page, 303)


def resume(address: str, fields: Iterable[tuple[str, str]], message: str = "") -> str:
    """A page that sends these fields to `address` at a press, with a token that holds."""
    kept = _without_token(fields)
    return render_template("moderation/resume.html", address=address, fields=kept, message=message)


def _safe(address: str) -> str:
    return address if _ADDRESS.fullmatch(address) else ""


def _read(kept: str) -> Fields:
    try:
        return [(_whole(name), _whole(value)) for name, value in json.loads(kept)]
    except (ValueError, TypeError):
        return []


def _whole(value: object) -> str:
    # JSON can name half of a surrogate pair, which no page can show: a ValueError.
    return str(value).encode().decode()


def _without_token(fields: Iterable[tuple[str, str]]) -> Fields:
    return [(name, value) for name, value in fields if name != "csrf_token"]
