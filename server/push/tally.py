"""What push counts: plain numbers, read by the metrics route. One tally for all offices of a node."""

from dataclasses import dataclass, field

from server.histogram import Histogram

DELAYS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(slots=True)
class Tally:
    """`delays`: seconds from the append of an entry to the report that a device painted it."""

    sent: int = 0
    replaced: int = 0
    too_slow: int = 0
    boards: int = 0
    alarms: int = 0
    announced: int = 0
    rendered_late: int = 0
    delays: Histogram = field(default_factory=lambda: Histogram(DELAYS_S))

    def delayed(self, ms: int) -> None:
        """A device has painted an entry `ms` after its append."""
        self.delays.note(ms / 1000)
