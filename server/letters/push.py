"""Letters to phones by Web Push (RFC 8030): encrypted for the phone (RFC 8291), signed with the installation's key (RFC 8292).

The push service sees neither number nor counter, only that something comes. Redirects are not followed, no proxy of the
environment is used, and what a service answers is not read.
"""

from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping

import httpx
from msgspec.json import encode

from server.letters.channel import NotTaken
from server.letters.outbox import Letter
from server.letters.phones import Phone, PhoneBook, id_of, ring_of
from server.letters.push_services import NoService, audience
from server.letters.ring_text import message
from server.letters.rings import Ring, stands
from server.letters.text import InWords
from server.letters.vapid import Vapid, is_point
from server.letters.watch import Source
from server.messages.office import Office

LIMIT_S = 10.0
STAYS_S = {"called": 120, "missed": 300}
"""How long a service keeps a message for a phone that is off. A call that is older is over."""
GONE = (404, 410)
"""The answers by which a service says that a phone does not want messages any more."""
LONGEST_KEY = 120


class Push:
    """The channel, and where the web notes phones. `path(office, ticket)`: of its page.

    `loopback`: tests may name this machine.
    """

    at_once = 8
    """How many letters may be on their way at the same time, so that one slow service delays nobody else."""

    def __init__(
        self,
        phones: PhoneBook,
        vapid: Vapid,
        desks: Mapping[str, Source],
        say: InWords,
        path: Callable[[str, str], str],
        *,
        loopback: bool = False,
    ) -> None:
        self._phones, self._vapid, self._desks = phones, vapid, desks
        self._say, self._path, self._loopback = say, path, loopback

    @property
    def key(self) -> str:
        """The installation's public key, as browsers take it."""
        return self._vapid.public

    async def put(self, office: str, ticket: str, day: str, wanted: Mapping[str, str], now: int) -> None:
        """Notes a phone. ValueError(field, reason) for an address or key that cannot be one."""
        try:
            audience(wanted["endpoint"], loopback=self._loopback)
        except NoService as fault:
            raise ValueError("endpoint", str(fault)) from None
        for name, length in (("p256dh", 65), ("auth", 16)):
            if len(_bytes(wanted[name]) or b"") != length:
                raise ValueError(f"keys.{name}", f"{length} bytes as base64url")
        if not is_point(_bytes(wanted["p256dh"]) or b""):
            raise ValueError("keys.p256dh", "a point of the curve P-256")
        phone = Phone(id=id_of(office, ticket, wanted["endpoint"]), office=office, ticket=ticket, **wanted)
        await self._phones.put(office, ticket, day, phone, now)

    async def drop(self, office: str, ticket: str, endpoint: str | None) -> None:
        await self._phones.drop(office, ticket, endpoint)

    async def send(self, office: Office, letter: Letter) -> None:
        """Sends nothing that is over, and nothing to somebody who does not want it any more."""
        ring, desk = ring_of(letter.body), self._desks[office.id]
        phone = await self._phones.get(letter.alert)
        if phone is None or not stands(ring, desk.state, desk.now()):
            return
        path = self._path(office.id, ring.ticket)
        told = message(self._say, desk.state, ring, phone.language, path)
        if told is not None:
            await self._post(phone, ring, encode(told))

    async def _post(self, phone: Phone, ring: Ring, told: bytes) -> None:
        headers, content = await self._sealed(phone, ring, told)
        try:
            async with (
                httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=LIMIT_S) as client,
                client.stream("POST", phone.endpoint, content=content, headers=headers) as answer,
            ):
                good, code = answer.is_success, answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise NotTaken(f"the push service does not answer ({type(fault).__name__})") from fault
        if code in GONE:
            await self._phones.gone(phone.id)
        elif not good:
            raise NotTaken(f"the push service answered {code}")

    async def _sealed(self, phone: Phone, ring: Ring, told: bytes) -> tuple[dict[str, str], bytes]:
        """The message that only this phone can read, and what the service has to know of it."""
        from pywebpush import WebPusher  # here, because it brings a second HTTP client along

        keys = {"p256dh": phone.p256dh, "auth": phone.auth}
        sealed = WebPusher({"endpoint": phone.endpoint, "keys": keys}).encode(told, content_encoding="aes128gcm")
        headers = {
            "authorization": self._vapid.signed(audience(phone.endpoint, loopback=self._loopback)),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(STAYS_S[ring.why]),
            "urgency": "high",
            "topic": phone.id,
        }
        return headers, bytes(sealed["body"])


def _bytes(text: str) -> bytes | None:
    """The bytes of base64url without padding; None if it is none."""
    if len(text) > LONGEST_KEY or not text.isascii():
        return None
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
