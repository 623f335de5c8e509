"""The offices that a node served, and what a token may be for there: noted by `up`, asked by verbs of the command line.

So a token for a mistyped device is refused, even if no server is running, and old rows of an office are deleted although no node
serves it any more. Called by wiring (note), `token`, `account` (check), `server.deletion` (keeping).
"""

import json
from collections.abc import Collection, Mapping

from msgspec.json import decode, encode
from sqlalchemy import Table, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables
from server.messages.office import Keeping, Office
from server.messages.rights import DEVICES
from server.messages.terms import Role

Devices = Mapping[str, Collection[str]]
"""Ids of devices by the role of a token for one of them; a clerk's are the counters."""
ADDRESS = "address"


class Unknown(ValueError):
    """An office or device that no node has served; the message names the option."""


class Known:
    """What is known of the offices, in the database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)

    async def note(self, office: Office, *, also_before: bool = False) -> None:
        """Notes the devices of the office file in use. `also_before`: earlier ids stay known, as this file is not applied yet."""
        devices = {role: set(ids) for role, ids in _devices(office).items()}
        if also_before:
            for role, ids in (await self.offices()).get(office.id, {}).items():
                devices.setdefault(role, set()).update(ids)
        said = json.dumps({role: sorted(ids) for role, ids in devices.items()})
        keeping = encode(office.keeping).decode()
        values = {"name": office.name, "devices": said, "keeping": keeping}
        await self._put(tables.known_offices, "office", office.id, values)

    async def note_address(self, address: str) -> None:
        """Notes the address by which browsers reach this installation, for links that the command line prints."""
        await self._put(tables.installation, "name", ADDRESS, {"value": address})

    async def address(self) -> str | None:
        table = tables.installation.c
        async with self._reads.connect() as connection:
            found: str | None = (await connection.execute(select(table.value).where(table.name == ADDRESS))).scalar()
        return found

    async def offices(self) -> dict[str, Devices]:
        table = tables.known_offices.c
        async with self._reads.connect() as connection:
            rows = await connection.execute(select(table.office, table.devices))
            return {row.office: json.loads(row.devices) for row in rows}

    async def keeping(self) -> dict[str, Keeping]:
        """The days for keeping of every office, by its last file. Of one noted by an older release: the default."""
        table = tables.known_offices.c
        async with self._reads.connect() as connection:
            rows = await connection.execute(select(table.office, table.keeping))
            return {row.office: decode(row.keeping or "{}", type=Keeping) for row in rows}

    async def check(self, role: Role, offices: Collection[str], device: str | None) -> None:
        """Raises Unknown unless a token of this role, for these offices and this device, could act."""
        known = await self.offices()
        self.check_offices(known, offices)
        if role in DEVICES and device is None:
            raise Unknown(f"--for: a {role} is one device; say which: {_listed(known, role, offices)}")
        if device is not None and role in (*DEVICES, "clerk"):
            here = [devices for office, devices in known.items() if not offices or office in offices]
            if not any(device in devices.get(role, ()) for devices in here):
                what = "counter" if role == "clerk" else "zone" if role == "announcer" else role
                raise Unknown(f"--for: there is no {what} {device!r}; there are: {_listed(known, role, offices)}")

    @staticmethod
    def check_offices(known: Collection[str], offices: Collection[str]) -> None:
        for office in offices:
            if office not in known:
                there = ", ".join(sorted(known)) or "none yet; `aufruf up` notes those it serves"
                raise Unknown(f"--office: no office {office!r} is known here; known are: {there}")

    async def _put(self, table: Table, key: str, id: str, values: dict[str, str]) -> None:
        column = table.c[key]
        async with self._writes.begin() as connection:
            await connection.execute(delete(table).where(column == id))
            try:
                async with connection.begin_nested():
                    await connection.execute(table.insert().values({key: id, **values}))
            except IntegrityError:  # another node noted it in between
                return


def _devices(office: Office) -> dict[str, list[str]]:
    return {
        "clerk": [counter.id for counter in office.counters],
        "station": [station.id for station in office.stations],
        "announcer": [zone.id for zone in office.zones],
        "display": [display.id for display in office.displays],
        "kiosk": [kiosk.id for kiosk in office.kiosks],
        "printer": [printer.id for printer in office.printers],
    }


def _listed(known: Mapping[str, Devices], role: str, offices: Collection[str]) -> str:
    here = {id for office, devices in known.items() if not offices or office in offices for id in devices.get(role, ())}
    return ", ".join(sorted(here)) or "none"
