"""Behaviour 44: the answer to an append never came. One press is still one citizen, whoever tries again."""

import random

from tests.crash.callers import Caller
from tests.crash.conftest import MakeUp, RunStore
from tests.crash.evidence import Record, judge
from tests.crash.figures import Figures
from tests.crash.proxies import Proxy
from tests.crash.reading import log_of

CUTS, SOAK_CUTS = 6, 200


async def test_one_press_is_one_citizen_although_the_answer_was_cut_off(
    make_up: MakeUp, run_store: RunStore, rng: random.Random, soak: bool, figures: Figures
) -> None:
    """Every append is done and its answer cut off. The press is answered anyway, with what it did the first time."""
    store = run_store()
    async with Proxy(store.socket) as proxy:
        up = make_up(redis=proxy.url)
        await up.start()
        token = await up.token("supervisor")
        record = Record()
        caller = Caller([up.url], token, record, rng)
        await caller.press(type="open_counter", counter="1")
        numbers = []
        for cut in range(1, (SOAK_CUTS if soak else CUTS) + 1):
            issued = await caller.press(type="issue_ticket", services=["ausweis"])
            proxy.cut_next_append()
            called = await caller.press(type="call_next", counter="1")
            assert called["result"]["ticket"]["id"] == issued["result"]["ticket"]["id"]
            assert proxy.cuts == cut
            numbers.append(called["result"]["ticket"]["number"])
            await caller.press(type="start_service", counter="1")
            await caller.press(type="finish_service", counter="1")
        log = await log_of(up, token)
        await caller.close()

    verdict = judge(record, log)
    heard = [event["number"] for event in log if event["type"] == "ticket_called"]
    figures.note(
        "Answers cut off after the write",
        cuts=proxy.cuts,
        acknowledged=verdict.acknowledged,
        attempts_repeated_by_the_caller=dict(record.again),
        called_twice=len(heard) - len(set(heard)),
        lost=len(verdict.lost),
    )
    assert verdict.clean, verdict
    assert heard == numbers
    assert record.faults == []
