"""Requests as no page of ours sends them, and some as they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

HTML, JSON = "text/html; charset=utf-8", "application/json"
PLACES = ("/en/ask", "/hi/ask", "/en/questions", "/hi/questions")
URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = b"part"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY.decode()}"

# A page of the team, which answers no script.
SIGN_IN = "/moderation/sign-in"

# It stands in what is sent, and may stand in no line of the log.
CANARY = "kanari"

# What stands for the token of the one who sends.
TOKEN = "{token}"  # noqa: S105 (a placeholder)

_END = b"--%s--\r\n" % BOUNDARY

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    length: str | None
    accept: str | None


# An Accept header, and in which form it asks for an answer that exists in two.
ACCEPTED: dict[str | None, str | None] = {
    None: HTML,
    "": HTML,
    "text/html": HTML,
    "*/*": HTML,
    "text/html,application/xhtml+xml,*/*;q=0.8": HTML,
    "application/json": JSON,
    "application/json;q=0.9, text/html;q=0.1": JSON,
    "application/json;q=x": None,
    "*/*;q=0": None,
    "\xff;;,=;q=": None,
    "application/json," * 500: None,
}

_STRANGE = [
    "",
    "\0",
    "My back \0 hurts so much",
    "\ufeffMy back hurts so much",
    "My \u202eback\u202c hurts \u2066so\u2069 much",
    "M\u200by\u200c b\u200dack\u2060 hurts so much",
    "\ud800 My back hurts so much \udfff",
    "👩🏽‍⚕️👨‍👩‍👧‍👦🇮🇳" * 20,
    "Z" + "\u0300\u0315\u0323\u0345" * 50 + "algo, my back hurts",
    "a" + "\u0315\u0300" * 14_000,
    "a" + "\u0345\u035d\u035c\u0315\u0316\u05b0" * 4_000,
    "क़़़" * 1000,
    "\r\n\r\r\n\n" * 500,
    "\N{OBJECT REPLACEMENT CHARACTER}" * 5000,
    "द" * 4000,
    "x" * 4001,
    "x" * 60_000,
    "x" * 100_000,
    "' OR 1=1; DROP TABLE question; -- \\",
    "<script>alert(1)</script><!--</textarea>",
    "%s %(name)s {0} {{ 7 * 7 }} {% raw %}",
    "0" * 26,
    "9" * 5000,
    "ﷺ" * 3000,
    "\u0130\u0131\u017f\u212a" * 200,
    "1234 5678 9012 " * 250,
    "a " * 2000,
    # As long as a body may be, and the worst for what normalises and matches.
    "a" + "\u0300" * 15_000 + "\u0316" * 15_000,
    "a-" * 30_000,
    "ﷺ" * 20_000,
    "ा\u0945" * 10_000,
    "9\u200b" * 15_000,
    "a@" * 30_000,
    "a." * 30_000,
    "www." * 15_000,
    "नहीं " * 4_000,
    "\u200b" * 20_000,
    "7" * 60_000,
    " " * 60_000 + "x",
    "\n" * 60_000,
    "((((" * 15_000,
]
_TYPES = [
    "",
    "application/json",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=other",
    f"multipart/form-data; boundary={'b' * 200}",
    f"multipart/mixed; boundary={BOUNDARY.decode()}",
    f"{MULTIPART}; charset=utf-16",
    f"{URLENCODED}; charset=utf-7",
    f"{URLENCODED}; charset=none",
    "\xff/\xfe; =;;",
]
_HEADERS = {
    "Accept-Language": ["hi", "hi-IN,en;q=0.9", "*", ";;q=,", "x-" * 2000, "en_US.UTF-8", "\xff"],
    "Accept-Encoding": ["br", "gzip;q=x", "*;q=0", "\xff"],
    "Cookie": ["reedh=", "reedh=.eJ.x.y", "reedh=\xff; reedh=x", "a" * 8000, "=;=;", "\x01"],
    "Host": ["", "localhost:0", "a..b", "x" * 300, "[::1", "\xff", "a:b:c", "xn--a"],
    "If-None-Match": ["*", '"', 'W/"x"'],
    "Origin": ["null", "http://localhost", "http://[", "http://a:b", "\xff", "//localhost", ""],
    "Referer": ["http://[", "\xff"],
    "Sec-Fetch-Site": ["same-origin", "none", "cross-site", "same-site", "x", ""],
    "X-Forwarded-For": ["1.2.3.4, \xff"],
    "X-Http-Method-Override": ["DELETE"],
    "Transfer-Encoding": ["chunked", "x"],
}
_METHODS = ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "post", "\xff"]
_PATHS = [
    "", "/", "*", "/token", "/en/search.json", "/hi/search", "/en/kept/ask", "/en/ask/", "//en/ask",
    "/en//ask", "/fr/ask", "/en/ask\0", "/en/\xff", "/en/../en/ask", "/EN/ask", "/en/ask;x",
    f"//\n[2026-12-01] WARNING in {CANARY}", f"/\r\n{CANARY}: y", f"/\x1b[2J{CANARY}", SIGN_IN,
    "/static/../app.py", "/" + "a" * 9000, "/en/privacy", "/healthz", "http://localhost/en/ask",
]  # fmt: skip
_LENGTHS = [None, "0", "5", "-1", "x", "", "1e3", "65536", "65537", "9" * 40, "\xb2"]

_HEADER_TEXT = st.text(
    st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=60
).map(f"{{}}{CANARY}".format)


def _mostly(usual: st.SearchStrategy[str], rare: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.integers(0, 3).flatmap(lambda chance: usual if chance else rare)


_texts = st.one_of(st.sampled_from(_STRANGE), st.text(max_size=80))
_USUAL = {
    "csrf_token": st.just(TOKEN),
    # Some come again and again.
    "receipt": st.one_of(st.integers(0, 4), st.integers(0, 10**9)).map("{:026}".format),
    "question": st.sampled_from(
        [f"Will my {CANARY} hurt after the operation?", "ऑपरेशन के बाद क्या कमर में दर्द रहेगा?"]
    ),
    "name": st.sampled_from(["", "आशा"]),
    "consent": st.just("y"),
    "article": st.just("why-spine-surgeries-fail"),
    "notice": st.just("0123456789ab"),
    "website": st.just(""),
    "withdraw": st.sampled_from(["", "y"]),
    "email": st.just(f"{CANARY}@example.org"),
    "password": st.just(CANARY * 3),
}


_CHANGED = st.sets(st.sampled_from(sorted(_USUAL)), max_size=3)
_STRANGE_VALUES = {
    name: st.lists(st.one_of(usual, _texts), max_size=2) for name, usual in _USUAL.items()
}


@st.composite
def _pairs(draw: st.DrawFn) -> Pairs:
    """The fields of a form: usual ones, but for a few that are strange, missing or sent twice."""
    changed = draw(_CHANGED)
    pairs = []
    for name, usual in _USUAL.items():
        values = draw(_STRANGE_VALUES[name]) if name in changed else [draw(usual)]
        pairs += [(name, value) for value in values]
    return pairs


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _urlencoded(pairs: Pairs) -> bytes:
    return b"&".join(f"{name}={quote_from_bytes(_bytes(value))}".encode() for name, value in pairs)


def _raw(pairs: Pairs) -> bytes:
    return b"&".join(b"%s=%s" % (_bytes(name), _bytes(value)) for name, value in pairs)


def _utf_16(pairs: Pairs) -> bytes:
    return "&".join(f"{name}={value}" for name, value in pairs).encode("utf-16", "surrogatepass")


def _multipart(pairs: Pairs, more: bytes = b"") -> bytes:
    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        % (BOUNDARY, _bytes(name), more, _bytes(value))
        for name, value in pairs
    ]
    return b"".join(parts) + _END


def _files(pairs: Pairs) -> bytes:
    return _multipart(pairs, b'; filename="\xff.txt"\r\nContent-Type: text/plain; charset=utf-16')


def _nested(pairs: Pairs) -> bytes:
    inner = b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n" % BOUNDARY
    return b"--%s\r\n%s%s" % (BOUNDARY, inner, _multipart(pairs))


def _cut(pairs: Pairs) -> bytes:
    return _multipart(pairs)[:-40]


_ENCODINGS: list[tuple[Callable[[Pairs], bytes], str]] = [
    (_urlencoded, URLENCODED),
    (_urlencoded, URLENCODED),
    (_urlencoded, URLENCODED),
    (_raw, URLENCODED),
    (_utf_16, URLENCODED),
    (_multipart, MULTIPART),
    (_multipart, MULTIPART),
    (_files, MULTIPART),
    (_nested, MULTIPART),
    (_cut, MULTIPART),
]


@cache
def _many(encode: Callable[[Pairs], bytes]) -> bytes:
    """Ten thousand fields, to stand before others."""
    many = encode([("question", "x")] * 10_000)
    return many.removesuffix(_END) if many.endswith(_END) else many + b"&"


_ONCE_IN = {
    times: st.integers(1, times).map(lambda chance: chance == 1) for times in (6, 8, 20, 40)
}
_ENCODED = st.sampled_from(_ENCODINGS)
_HEADER_NAMES = st.sets(st.sampled_from(sorted(_HEADERS)), max_size=2).map(sorted)
_HEADER_VALUES = {
    name: _mostly(st.sampled_from(values), _HEADER_TEXT) for name, values in _HEADERS.items()
}
_OTHER_TYPES = _mostly(st.sampled_from(_TYPES), _HEADER_TEXT)
_PLACES = st.sampled_from(PLACES)
_OTHER_PLACES = st.one_of(_PLACES, st.sampled_from(_PATHS), _HEADER_TEXT.map("/{}".format))
_OTHER_METHODS = st.sampled_from(["POST", *_METHODS])
_OTHER_LENGTHS = st.sampled_from(_LENGTHS)
_ACCEPT = st.sampled_from(list(ACCEPTED))
_BYTES = st.binary(max_size=300)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    encode, kind = draw(_ENCODED)
    body = draw(_BYTES) if draw(_ONCE_IN[20]) else encode(draw(_pairs()))
    if draw(_ONCE_IN[40]):
        body = _many(encode) + body
    headers = {name: draw(_HEADER_VALUES[name]) for name in draw(_HEADER_NAMES)}
    headers["Content-Type"] = draw(_OTHER_TYPES) if draw(_ONCE_IN[8]) else kind
    is_odd, signs_in = draw(_ONCE_IN[6]), draw(_ONCE_IN[40])
    return Request(
        method=draw(_OTHER_METHODS) if is_odd else "POST",
        path=SIGN_IN if signs_in else draw(_OTHER_PLACES if is_odd else _PLACES),
        query="q=" + quote_from_bytes(_bytes(draw(_texts))) if is_odd else "",
        headers=headers,
        body=body,
        length=draw(_OTHER_LENGTHS) if draw(_ONCE_IN[8]) else str(len(body)),
        accept=draw(_ACCEPT),
    )
