"""The body of a request, read by the event loop before a thread begins to serve the request.

A sender that is slow, or silent, keeps a small coroutine waiting and no thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable

from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, RequestTimeout

MOST_BYTES = 64 * 1024
SECONDS = 10

# A browser shows an answer only when it has sent everything, so a body that is somewhat too large
# is read to its end and thrown away.
_MOST_DISCARDED = 1024 * 1024

# A form comes in few pieces. Each further one waits, so that tiny pieces leave the loop to readers.
_PROMPT_PIECES = 64
_PAUSE_SECONDS = 0.02


class BrokenBodyError(Exception):
    """The client went away before the end of its body, or sent a malformed one."""


async def read(
    pieces: AsyncIterable[bytes], declared: int | None, most: int, seconds: float
) -> bytes | HTTPException:
    """The whole body, or the error that answers the request instead.

    `declared` is the length in bytes by Content-Length, None for a chunked body; `most` the
    largest length that is taken.

    Raises:
        BrokenBodyError: the body has no end.
    """
    if declared and declared > _MOST_DISCARDED:
        return RequestEntityTooLarge()
    try:
        async with asyncio.timeout(seconds):
            body = await _collect(pieces, most)
    except TimeoutError:
        return RequestTimeout()
    if body is None:
        return RequestEntityTooLarge()
    if declared not in {None, len(body)}:
        raise BrokenBodyError
    return body


async def _collect(pieces: AsyncIterable[bytes], most: int) -> bytes | None:
    """The body, or None where it is too large.

    granian ends a body with one empty piece. A body that breaks off, or brings trailers, has an
    empty piece before that.
    """
    collected = bytearray()
    size = empty = count = 0
    async for piece in pieces:
        count += 1
        size += len(piece)
        empty += not piece
        if size > _MOST_DISCARDED:
            return None
        if size <= most:
            collected += piece
        if count > _PROMPT_PIECES:
            await asyncio.sleep(_PAUSE_SECONDS)
    if empty != 1:
        raise BrokenBodyError
    return bytes(collected) if size <= most else None
