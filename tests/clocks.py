"""A clock that stands still until a test moves it. Tests of access and history pass it to the code they test."""


class StandingClock:
    """Starts at `ms`, milliseconds since 1970."""

    def __init__(self, ms: int) -> None:
        self.ms = ms

    def now_ms(self) -> int:
        return self.ms

    def monotonic(self) -> float:
        return self.ms / 1000

    def pass_time(self, ms: int) -> None:
        self.ms += ms
