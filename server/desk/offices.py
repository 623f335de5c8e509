"""The desks of this node, by office."""

import asyncio
from collections.abc import Iterator, Mapping

from server.desk.desk import Desk

LOOK_S = 0.05
"""Seconds between two checks whether all are open."""


class Offices(Mapping[str, Desk]):
    """Every office that this node serves, in the order they were opened."""

    def __init__(self) -> None:
        self._desks: dict[str, Desk] = {}

    def add(self, desk: Desk) -> None:
        self._desks[desk.office] = desk

    def __getitem__(self, office: str) -> Desk:
        return self._desks[office]

    def __iter__(self) -> Iterator[str]:
        return iter(self._desks)

    def __len__(self) -> int:
        return len(self._desks)

    def missing(self) -> dict[str, str]:
        """The offices that would refuse presses, each with the reason. Empty when all take them."""
        return {name: why for name, desk in self._desks.items() if (why := desk.missing())}

    async def opened(self) -> None:
        """Returns once every office takes presses."""
        while self.missing():
            await asyncio.sleep(LOOK_S)

    async def stop(self) -> None:
        """Stops all desks at the same time: each may have to finish what it is appending."""
        await asyncio.gather(*(desk.stop() for desk in self._desks.values()))
