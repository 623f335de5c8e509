"""The one move worth making now, as the supervisor's table shows it."""

from server.messages.boards.part import Part
from server.messages.commands import Move


class Gained(Part):
    """Minutes by which the longest wait becomes shorter: in half of the futures by more than `median`, in four of five within."""

    low: float
    median: float
    high: float


class Advice(Part):
    """To be sent as `apply_moves`: `moves` and `until` as they are, `told` with `gain`, `chance` and this `id`.

    `kind`: counter (another profile of one counter), extra (another counter is opened), helper, intake (it is closed; so many
    people are `turned` away). `chance`: that the longest wait becomes shorter, of all who are here or come within `minutes`.
    `seq`: the entry of which it was made. `happened`: by how many minutes it did become shorter; null until that is known.
    """

    id: str
    kind: str
    moves: tuple[Move, ...]
    gain: Gained
    chance: float
    until: str
    minutes: float
    turned: float
    seq: int
    happened: float | None = None
