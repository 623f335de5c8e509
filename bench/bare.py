"""The smallest durable HTTP server: uvicorn as we run it, no framework, one raw XADD for each request.

Run as `python -m bench.bare STORE-URL PORT`.
"""

import sys
from typing import Any

import uvicorn
from redis.asyncio import Redis

ANSWER = b'{"result":{"ticket":{"id":"0123456789abcdef","number":"A001"}}}'
BODY = b"x" * 300


class Bare:
    """An ASGI application."""

    def __init__(self, url: str) -> None:
        self._redis = Redis(unix_socket_path=url.removeprefix("unix://"), max_connections=64)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await self._redis.xadd("bare", {"m": "abcdefghijkl", "b": BODY})
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(ANSWER)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": ANSWER})


if __name__ == "__main__":
    uvicorn.run(
        Bare(sys.argv[1]),
        port=int(sys.argv[2]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
    )
