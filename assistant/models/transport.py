"""The HTTP client beneath the model's: it reads no more of an answer than a reply can need."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2

MOST = 2_000_000
"""Bytes of one answer; ten thousand times a long reply."""


class TooBig(Exception):
    """The server sent more than any answer needs."""


class Bounded(httpx2.AsyncBaseTransport):
    """A transport whose answers end with `TooBig` after so many bytes."""

    def __init__(self, inner: httpx2.AsyncBaseTransport | None = None, most: int = MOST) -> None:
        self._inner = inner or httpx2.AsyncHTTPTransport()
        self._most = most

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; the answer's body is counted as it comes."""
        response = await self._inner.handle_async_request(request)
        response.stream = _Counted(response.stream, self._most)
        return response

    async def aclose(self) -> None:
        """Close what is beneath."""
        await self._inner.aclose()


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, stream: Any, most: int) -> None:
        self._stream, self._most = stream, most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for part in self._stream:
            read += len(part)
            if read > self._most:
                raise TooBig
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
