"""The forecast of an office, made by the worker's own code when a test asks for it."""

from msgspec.msgpack import decode, encode

from server.log.memory_log import MemoryLog
from server.messages.facts import Told
from server.office.state import State
from server.office.waits import Newcomer, Waits
from server.promises.runs import Runs
from server.promises.shown import shown
from server.promises.wire import Ask, Forecasted
from tests.contract.house import House


class Waiting:
    """What a forecast says about the office as it is."""

    def __init__(self) -> None:
        self.waits = Waits()

    def promise(self, state: State, who: Newcomer) -> Told | str:
        return self.waits.told(state, who)

    async def look(self, house: House) -> None:
        state, runs = house.nodes[0].desk.state, Runs(lambda url: MemoryLog(house.store))
        ask = Ask(office=state.office.id, seq=state.seq, mark=state.mark, now=house.clock.now_ms())
        self.waits = shown(decode(await runs.answer(encode(ask)), type=Forecasted), Waits(), lambda ticket: None)
        for node in house.nodes:
            node.site.hub.waits_changed(state.office.id)
