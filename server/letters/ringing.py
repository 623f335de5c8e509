"""What this node has looked at for phones: each call is looked up in the database once. Owned by `post`, on the sending node."""

from server.letters.phones import PhoneBook
from server.letters.rings import ringing
from server.office.state import State


class Ringing:
    """`wanted(office)`: whether any phone there wants to be told, as of the last `look`."""

    def __init__(self, phones: PhoneBook) -> None:
        self._phones = phones
        self._offices: set[str] = set()
        self._known: dict[str, set[str]] = {}

    def wanted(self, office: str) -> bool:
        return office in self._offices

    async def look(self) -> None:
        self._offices = await self._phones.offices()

    def resume(self, office: str) -> None:
        """This node takes over: every call and miss of now is looked up, because it may have been told to nobody."""
        self._known.pop(office, None)

    async def write_down(self, office: str, state: State, now: int) -> int:
        """Writes a letter for each phone that is to be told of something new. Returns how many."""
        rings = list(ringing(state, now))
        known = self._known.get(office, set())
        new = [ring for ring in rings if ring.name not in known]
        written = await self._phones.ring(office, new, now) if new else 0
        self._known[office] = {ring.name for ring in rings}
        return written
