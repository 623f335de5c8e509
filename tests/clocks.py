"""A clock that stands still until a test moves it. Access and history hand it to what they test."""


class StandingClock:
    """Begins at `ms`, milliseconds since 1970."""

    def __init__(self, ms: int) -> None:
        self.ms = ms

    def now_ms(self) -> int:
        return self.ms

    def monotonic(self) -> float:
        return self.ms / 1000

    def pass_time(self, ms: int) -> None:
        self.ms += ms
