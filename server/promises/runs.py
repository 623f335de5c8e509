"""The work of the first worker: it follows the log of each office that is asked for, and forecasts. The same question
always gets the same bytes."""

from collections.abc import Callable
from math import exp

from msgspec.msgpack import Decoder, encode

from server.forecast.delay import fewer
from server.forecast.model import Model, cold
from server.forecast.offered import expected, offered
from server.forecast.promise import Forecast, Wait, forecast, seed_of
from server.log.port import Log, Tail
from server.promises.follower import Followers
from server.promises.wire import Ask, Forecasted, Range

_ask = Decoder(Ask).decode


class Runs:
    """`connect(url)`: the log of a store."""

    def __init__(self, connect: Callable[[str], Log]) -> None:
        self._followers = Followers(connect)

    async def answer(self, request: bytes) -> bytes:
        ask = _ask(request)
        if not ask.office:
            return b""
        follower = self._followers.of(ask.store, ask.office)
        await follower.to(Tail(ask.seq, ask.mark))
        state = follower.state
        model = ask.model or cold(state.office)
        seed, pace = seed_of(ask.office, state.epoch, state.seq), follower.today.pace(model)
        others, booked = offered(state, follower.today.asked), expected(state, ask.now)
        found = forecast(state, model, pace, ask.now, seed, others=others, booked=booked)
        why = fewer(state, follower.today.issued, model, pace, ask.now, seed, found) if ask.why else None
        return encode(said(ask, model, found, why))


def said(ask: Ask, model: Model, found: Forecast, why: list[str] | None) -> Forecasted:
    return Forecasted(
        seq=ask.seq,
        now=ask.now,
        model=model.version,
        learning=model.learning,
        tickets={name: _range(wait) for name, wait in found.tickets.items()},
        drawn=[(service, category, _range(wait)) for (service, category), wait in found.drawn.items()],
        others=[(*wanted, _range(wait)) for wanted, wait in found.others.items()],
        booked={name: _range(wait) for name, wait in found.booked.items()},
        reached=found.reached,
        minutes={name: exp(one.mu + one.sigma**2 / 2) for name, one in model.services.items()},
        fewer=why,
        late=list(found.late),
    )


def _range(wait: Wait) -> Range:
    return Range(low=wait.low, median=round(wait.p50), high=wait.high, p10=wait.p10, p90=wait.p90, p05=wait.p05)
