"""How many slots one address may hold at the same time without booking them: programs hoard slots. Used by `limits`.

A slot that was booked, given back or has run out counts no longer: its hold is no longer among those of its office.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from server.web.buckets import REMEMBERED
from server.web.refused import too_many

AT_ONCE = 3
"""A family on one telephone, or three people in one library."""
AGAIN_S = 60.0


class Holds:
    """By office and address, the ids of the holds. Memory of this node."""

    def __init__(self) -> None:
        self._of: OrderedDict[str, list[str]] = OrderedDict()

    @contextmanager
    def one(self, holder: str, alive: Collection[str], given_up: str = "") -> Iterator[Callable[[str], None]]:
        """Put around the press; call what it yields with the new hold's id. `holder`: office and address; `alive`: the holds of
        the office now. Presses that are still on their way count too: twenty at once must not all find room. `given_up`: the
        hold that is given back for the new one."""
        known = [name for name in self._of.pop(holder, []) if not name or name in alive]
        if len(known) - (given_up != "" and given_up in known) >= AT_ONCE:
            self._of[holder] = known
            raise too_many(AGAIN_S, "too many slots are held from here")
        self._of[holder] = [*known, ""]
        try:
            yield lambda name: self._of.setdefault(holder, []).append(name)
        finally:
            if "" in (mine := self._of.get(holder, [])):
                mine.remove("")
            while len(self._of) > REMEMBERED:
                self._of.popitem(last=False)
