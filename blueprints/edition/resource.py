"""One URL of the edition: its bytes in three encodings, its headers, its hash."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field, replace

import brotli
from werkzeug.http import parse_accept_header

# Already compressed; a second time only makes them larger.
_COMPRESSED_TYPES = ("image/png", "image/webp", "font/woff2")

# A browser's header has some 20 characters; reading a very long one would cost more than the page.
_LONGEST_HEADER = 200

# Brotli's qualities: the smallest there is; nearly so, in a tenth of the time.
BEST, QUICK = 11, 5

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Representation:
    """The bytes of one encoding, with the headers of a 200 and of a 304 answer to them."""

    body: bytes
    etag: str
    headers: Headers
    not_modified_headers: Headers


@dataclass(frozen=True, slots=True)
class Resource:
    """What one URL answers: its bytes, their SHA-256 in hex, and the headers with them.

    `representations` are by content coding: `identity` always, `br` and `gzip` if smaller. There
    are none until it is compressed, which is most of the work of an edition. `quality` is the
    one of its Brotli.
    """

    body: bytes
    content_type: str
    hash: str
    headers: Headers
    representations: dict[str, Representation] = field(default_factory=dict, compare=False)
    quality: int = field(default=0, compare=False)

    def best(self, accept_encoding: str) -> Representation:
        """The smallest representation that the header `Accept-Encoding` allows."""
        for coding in accepted_codings(accept_encoding):
            if coding in self.representations:
                return self.representations[coding]
        return self.representations["identity"]


def make(body: bytes, headers: Headers) -> Resource:
    """The resource of `body`; `headers` must name its Content-Type."""
    content_type = next(value for name, value in headers if name == "Content-Type")
    return Resource(body, content_type, hashlib.sha256(body).hexdigest(), headers)


def compressed(made: Resource, quality: int) -> Resource:
    """The resource with its representations, of which Brotli's takes longest."""
    suffixes = {
        "identity": "",
        "br": ".br" if quality == BEST else f".br{quality}",
        "gzip": ".gzip",
    }
    codings = {"identity": made.body}
    if made.content_type not in _COMPRESSED_TYPES:
        is_text = made.content_type.startswith("text/")
        mode = brotli.MODE_TEXT if is_text else brotli.MODE_GENERIC
        codings |= {
            "br": brotli.compress(made.body, mode=mode, quality=quality),
            "gzip": gzip.compress(made.body, compresslevel=9, mtime=0),
        }
    representations = {
        coding: _represent(coding, content, made.hash[:32] + suffixes[coding], made.headers)
        for coding, content in codings.items()
        if coding == "identity" or len(content) < len(made.body)
    }
    return replace(made, representations=representations, quality=quality)


def _represent(coding: str, content: bytes, tag: str, headers: Headers) -> Representation:
    # A strong ETag names exact bytes, so each coding and quality has its own.
    etag = f'"{tag}"'
    shared = [*headers, ("ETag", etag), ("Vary", "Accept-Encoding")]
    encoded = [] if coding == "identity" else [("Content-Encoding", coding)]
    length = ("Content-Length", str(len(content)))
    without_type = [item for item in shared if item[0] != "Content-Type"]
    return Representation(content, etag, [*shared, *encoded, length], without_type)


def accepted_codings(accept_encoding: str) -> tuple[str, ...]:
    """Which of brotli and gzip the header allows, the smaller first."""
    if len(accept_encoding) > _LONGEST_HEADER:
        return ()
    accepted = {name.lower(): quality for name, quality in parse_accept_header(accept_encoding)}
    anything = accepted.get("*", 0)
    return tuple(coding for coding in ("br", "gzip") if accepted.get(coding, anything) > 0)
