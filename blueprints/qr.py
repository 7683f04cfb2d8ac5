"""QR codes, drawn into a page."""

from __future__ import annotations

import segno
from markupsafe import Markup


def code(address: str, label: str) -> Markup:
    """`address` as a picture for a phone's camera, with `label` for those who do not see it."""
    drawn = segno.make(address, error="q", micro=False).svg_inline(
        border=4, omitsize=True, svgclass="qr", lineclass=None, light="#fff"
    )
    plain = Markup(drawn.removeprefix("<svg"))  # noqa: S704 (its bits, and nothing of the text)
    return Markup('<svg role="img" aria-label="{}"').format(label) + plain
