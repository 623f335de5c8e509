"""What push counts: plain numbers, read by the metrics route. One tally for all offices of a node."""

from dataclasses import dataclass, field

DELAYS_MS = (5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)


@dataclass(slots=True)
class Tally:
    """`delays`: how many delays fell into each bucket of `DELAYS_MS`. A delay is the time from the append of an entry to the
    report that a device painted it."""

    sent: int = 0
    replaced: int = 0
    too_slow: int = 0
    boards: int = 0
    alarms: int = 0
    announced: int = 0
    rendered_late: int = 0
    delays: list[int] = field(default_factory=lambda: [0] * (len(DELAYS_MS) + 1))
    delay_sum_ms: int = 0

    def delayed(self, ms: int) -> None:
        """A device has painted an entry `ms` after its append."""
        self.delay_sum_ms += ms
        self.delays[next((i for i, most in enumerate(DELAYS_MS) if ms <= most), len(DELAYS_MS))] += 1
