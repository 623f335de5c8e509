"""Simulated time: faster than real time by a factor, counted from the opening of the doors."""

import asyncio


class Pace:
    """`now` in minutes since the doors of the current day opened."""

    OPENS_AT = 8 * 60

    def __init__(self, speed: float) -> None:
        self._second = 60.0 / speed
        self._start = asyncio.get_running_loop().time()

    def new_day(self) -> None:
        self._start = asyncio.get_running_loop().time()

    @property
    def now(self) -> float:
        return (asyncio.get_running_loop().time() - self._start) / self._second

    def seconds(self, minutes: float) -> float:
        """How many real seconds these simulated minutes take."""
        return minutes * self._second

    async def minutes(self, minutes: float) -> None:
        await asyncio.sleep(max(0.0, self.seconds(minutes)))

    async def until(self, minute: float) -> None:
        await self.minutes(minute - self.now)

    def clock(self) -> str:
        """The simulated time of day, "09:42"."""
        minutes = int(self.OPENS_AT + self.now)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
