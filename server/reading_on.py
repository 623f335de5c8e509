"""Reads the log of an office on from any entry, for webhooks; what was trimmed comes from the history.

Made by wiring.
"""

from collections.abc import Mapping, Sequence

from server.desk.desk import Desk
from server.desk.entry import Trimmed, entry_of
from server.history.witness import HistoryWitness
from server.letters.hooks import Followed
from server.messages.events import EpochChanged

PAGE = 200


class ReadingOn:
    """The `HookReader` of `server.letters.hooks`."""

    def __init__(self, desks: Mapping[str, Desk], history: HistoryWitness) -> None:
        self._desks, self._history = desks, history

    async def entries(self, office: str, after: int, most: int) -> Sequence[Followed]:
        """If the history has not kept some of them either, those after the gap."""
        try:
            found = await self._desks[office].entries(after, most)
        except Trimmed as gone:
            rows = [row for row in await self._history.next(office, after, most) if row.seq < gone.first]
            if not rows:
                return await self.entries(office, gone.first - 1, most)
            found = [entry_of(row) for row in rows]
        return [Followed(seq=one.seq, mark=one.mark, event=one.event) for one in found]

    async def epoch_began(self, office: str) -> int:
        """Looks backwards, for a new epoch has just begun when somebody asks."""
        state = self._desks[office].state
        end = state.seq
        while end > 0:
            after = max(0, end - PAGE)
            try:
                found = await self._desks[office].entries(after, end - after)
            except Trimmed as gone:
                return gone.first
            for one in reversed(found):
                if isinstance(one.event, EpochChanged) and one.event.epoch == state.epoch:
                    return one.seq
            end = after
        return 1
