"""Hands in the tickets that a kiosk drew while the server was away: each by itself, in the order of issue, until all are told.

Used by `beside`.
"""

import asyncio
import logging
from collections.abc import Callable

import httpx

from device_line.address import Address
from device_line.presses import keyed
from ticket_printer.alone import Json, handed_in
from ticket_printer.lent import Drawn, Lent

_log = logging.getLogger("aufruf.ticket_printer")

AGAIN_S = 2.0
ANSWER_S = 5.0
LONGEST_KEY = 64
NOT_NOW = frozenset(
    {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN, httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS}
)
"""Answers that say nothing about the ticket: it is handed in again later."""


class HandingIn:
    """The tickets of one kiosk. `now`: ms."""

    def __init__(self, address: Address, office: str, lent: Lent, now: Callable[[], int]) -> None:
        self._address, self._lent, self._now = address, lent, now
        self._path = f"/api/v1/offices/{office}/commands"
        self.not_taken = 0
        """How many the server did not take over."""
        self.done = asyncio.Event()
        """Set while none waits."""
        self.ghosts: set[str] = set()
        """Numbers that the server had drawn for a touch whose answer was lost, and which got another number here."""
        self.look()

    def look(self) -> None:
        if self._lent.unsettled():
            self.done.clear()
        else:
            self.done.set()

    async def all(self, live: Callable[[], bool]) -> None:
        """Until each is answered for, or the line is lost again."""
        while live() and (waiting := self._lent.unsettled()):
            try:
                async with self._address.asking(ANSWER_S) as client:
                    for drawn in waiting:
                        await self._one(client, drawn)
            except (httpx.HTTPError, ValueError, KeyError, OSError) as fault:
                _log.warning("not handed in yet: %s", str(fault) or type(fault).__name__)
                await asyncio.sleep(AGAIN_S)
        self.look()

    async def _one(self, client: httpx.AsyncClient, drawn: Drawn) -> None:
        """With the key of its touch: if the server knows that key, it had drawn a number for this touch already, and the line was
        lost before its answer came. That one is given back, because people hold the paper of ours."""
        command = handed_in(drawn)
        answer = await self.press(client, command, drawn.key)
        ghost = answer.json().get("code") == "key_reused"
        if ghost:
            answer = await self.press(client, command, _other(drawn.key))
        said = answer.json()
        if said.get("retry") or answer.is_server_error or answer.status_code in NOT_NOW:
            raise ValueError(said.get("detail") or said.get("code"))
        if answer.is_success:
            refused = next((one["reason"] for one in said["result"]["refused"]), "")
        else:
            refused = str(said.get("detail") or answer.status_code)
        if refused:
            self.not_taken += 1
            _log.warning("%s was not taken over: %s", drawn.number, refused)
        else:
            _log.info("%s is handed in", drawn.number)
            if ghost:
                await self._give_back(client, drawn)
        await self._lent.settle(drawn.key, self._now(), refused)

    async def _give_back(self, client: httpx.AsyncClient, drawn: Drawn) -> None:
        """The key of the touch brings back what the server answered then."""
        answer = await self.press(client, drawn.command, drawn.key)
        ticket = answer.json().get("result", {}).get("ticket")
        if ticket is None:
            return
        self.ghosts.add(ticket["number"])
        path = f"/api/v1/tickets/{ticket['secret']}/commands"
        key = keyed(_other(drawn.key))
        given = await client.post(path, json={"type": "cancel_ticket"}, headers=key)
        level = logging.INFO if given.is_success else logging.WARNING
        _log.log(level, "%s was drawn for the same touch as %s and is given back", ticket["number"], drawn.number)

    async def press(self, client: httpx.AsyncClient, command: Json, key: str) -> httpx.Response:
        return await client.post(self._path, json=command, headers=keyed(key))


def _other(key: str) -> str:
    return f"alone~{key}"[:LONGEST_KEY]
