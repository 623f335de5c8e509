"""Letters by webhook: one POST with JSON, signed as Standard Webhooks describes it (https://www.standardwebhooks.com).
`webhook-id` is the same at every try of a letter, so that a receiver can drop one that it already has.

Redirects are not followed, and no proxy of the environment is used. The address is the one in the office file; it may be a
private one.
"""

import base64
import hashlib
import hmac
from typing import Any

import httpx
from msgspec.json import encode

from server.clock import Clock
from server.letters.channel import NotTaken
from server.letters.outbox import Letter
from server.letters.text import InWords, place, subject
from server.messages.instants import SECOND, rfc3339
from server.messages.office import Office

LIMIT_S = 10.0


class AlertHook:
    """`secret`: the key that the receiver has too; None: nothing is sent, and staff are told so."""

    at_once = 1

    def __init__(self, secret: bytes | None, say: InWords, clock: Clock) -> None:
        self._secret, self._say, self._clock = secret, say, clock

    async def send(self, office: Office, letter: Letter) -> None:
        url, secret = office.alerts.webhook, self._secret
        if url is None:
            return
        if secret is None:
            raise NotTaken("the server has no secret for webhooks (--webhook-secret-file)")
        content = encode(said(self._say, office, letter))
        headers = signed(secret, letter.id, self._clock.now_ms() // SECOND, content)
        try:
            async with (
                httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=LIMIT_S) as client,
                client.stream("POST", url, content=content, headers=headers) as answer,
            ):
                good, code = answer.is_success, answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise NotTaken(f"the address of the webhook does not answer ({type(fault).__name__})") from fault
        if not good:
            raise NotTaken(f"the address of the webhook answered {code}")


def signed(secret: bytes, id: str, at: int, content: bytes) -> dict[str, str]:
    """The headers: HMAC-SHA256 over `id.timestamp.body`."""
    told = f"{id}.{at}.".encode() + content
    mark = base64.b64encode(hmac.new(secret, told, hashlib.sha256).digest()).decode()
    return {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{mark}",
    }


def said(say: InWords, office: Office, letter: Letter) -> dict[str, Any]:
    """The body. `text` is for people; programs go by `alert` and `code`."""
    one = letter.condition
    return {
        "type": f"alert.{letter.what}",
        "timestamp": rfc3339(letter.since if letter.until is None else letter.until),
        "data": {
            "office": office.id,
            "alert": one.id,
            "code": one.code,
            "place": one.place or None,
            "name": place(office, one) or None,
            "since": rfc3339(letter.since),
            "until": None if letter.until is None else rfc3339(letter.until),
            "detail": one.detail,
            "count": one.people,
            "minutes": one.minutes,
            "target": one.target,
            "text": subject(say, office, letter),
        },
    }
