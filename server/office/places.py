"""Whether everybody who is booked, holds a slot or asks in one piece of five minutes can have a counter of their own. Pure; for
`slots`."""


class Places:
    """Who sits where in one piece: a counter's bit → the counters that its visit could have. Nobody is bound to that counter."""

    def __init__(self) -> None:
        self._at: dict[int, int] = {}
        self._known: dict[int, bool] = {}

    def copy(self) -> "Places":
        other = Places()
        other._at = self._at.copy()
        return other

    def seat(self, able: int) -> None:
        """Gives one more visit a counter, for which others move over if that helps (Kuhn's augmenting path). If the roster was
        cut after it was sold, there may be none: it takes nobody else's place then."""
        self._known.clear()
        _seat(self._at, able, set())

    def takes(self, able: int) -> bool:
        """Whether one more visit finds a counter."""
        if able not in self._known:
            self._known[able] = _seat(self._at.copy(), able, set())
        return self._known[able]


def _seat(at: dict[int, int], able: int, tried: set[int]) -> bool:
    for place in range(able.bit_length()):
        bit = 1 << place
        if able & bit and bit not in tried:
            tried.add(bit)
            if bit not in at or _seat(at, at[bit], tried):
                at[bit] = able
                return True
    return False
