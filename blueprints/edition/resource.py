"""One URL of the edition: its bytes in three encodings, its headers, its hash."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property

import brotli
from werkzeug.http import parse_accept_header

# Already compressed; a second time only makes them larger.
_COMPRESSED_TYPES = ("image/png", "image/webp", "font/woff2")

# A browser's header has some 20 characters; reading a very long one would cost more than the page.
_LONGEST_HEADER = 200

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Representation:
    """The bytes of one encoding, with the headers of a 200 and of a 304 answer to them."""

    body: bytes
    etag: str
    headers: Headers
    not_modified_headers: Headers


@dataclass(frozen=True)
class Resource:
    """What one URL answers: its bytes, their SHA-256 in hex, and the headers with them."""

    body: bytes
    content_type: str
    hash: str
    headers: Headers

    @cached_property
    def representations(self) -> dict[str, Representation]:
        """By content coding: `identity` always, `br` and `gzip` if smaller.

        Compressing is most of the work of an edition; it is done when first asked for.
        """
        codings = {"identity": self.body}
        if self.content_type not in _COMPRESSED_TYPES:
            is_text = self.content_type.startswith("text/")
            mode = brotli.MODE_TEXT if is_text else brotli.MODE_GENERIC
            codings |= {
                "br": brotli.compress(self.body, mode=mode, quality=11),
                "gzip": gzip.compress(self.body, compresslevel=9, mtime=0),
            }
        return {
            coding: _represent(coding, content, self.hash, self.headers)
            for coding, content in codings.items()
            if coding == "identity" or len(content) < len(self.body)
        }

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


def _represent(coding: str, content: bytes, digest: str, headers: Headers) -> Representation:
    # A strong ETag names exact bytes, so each coding has its own.
    suffix = "" if coding == "identity" else f".{coding}"
    etag = f'"{digest[:32]}{suffix}"'
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
