"""The one path of every command: answers that wait for their append, keys, batches, and callers that come and go."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from server.desk.catching_up import RETRY_S
from server.desk.desk import WAITING
from server.desk.entry import Done
from server.messages import commands as c
from server.messages import frames
from server.messages.actor import SYSTEM, Actor
from server.messages.instants import MINUTE
from server.messages.problems import Refusal

if TYPE_CHECKING:
    from server.log.port import Kind
    from tests.desk.conftest import FullLog, HeldLog, Node, Site


class Strange(c.Command):
    """A command without a rule: deciding it raises."""


def log_of(node: Node) -> HeldLog:
    log: Any = node.log
    held: HeldLog = log
    return held


async def test_an_answer_has_its_events_and_their_result(node: Node) -> None:
    done = await node.done(c.IssueTicket(services=("pass",)), node.kiosk)

    assert [entry.event.__struct_config__.tag for entry in done.entries] == ["ticket_issued"]
    assert (done.seq, done.replayed, done.epoch) == (node.desk.state.seq, False, node.desk.state.epoch)
    ticket = done.result["ticket"]
    assert (ticket["number"], ticket["secret"]) == ("A001", f"ticket.{ticket['id']}")
    assert node.desk.state.tickets[ticket["id"]].number == "A001"
    assert [row.seq for row in await node.log.read("amt", 0, 100)] == list(range(1, done.seq + 1))


async def test_nobody_waits_is_an_answer_without_events(node: Node) -> None:
    """An append of nothing compares it with the log."""
    before = len(log_of(node).batches)

    done = await node.done(c.CallNext(counter="1"))

    assert (done.entries, done.result, done.seq) == ((), {"ticket": None}, node.desk.state.seq)
    assert log_of(node).batches[before:] == [0]


async def test_the_same_key_gives_the_first_answer_again(node: Node) -> None:
    first = await node.done(c.IssueTicket(services=("pass",)), node.kiosk, "tap")
    again = await node.done(c.IssueTicket(services=("pass",)), node.kiosk, "tap")

    assert again == Done(epoch=first.epoch, seq=first.seq, replayed=True, entries=first.entries, result=first.result)
    other = await node.refused(c.IssueTicket(services=("car",)), node.kiosk, "tap")
    assert (other.code, other.status) == ("key_reused", 422)
    assert not (await node.done(c.IssueTicket(services=("car",)), key="tap")).replayed


async def test_a_double_tap_in_one_batch_is_one_ticket(node: Node) -> None:
    log_of(node).hold()
    first = asyncio.create_task(node.ticket())
    await log_of(node).tried.wait()
    taps = [asyncio.create_task(node.done(c.IssueTicket(services=("pass",)), node.kiosk, "tap")) for _ in range(3)]
    wrong = asyncio.create_task(node.refused(c.IssueTicket(services=("car",)), node.kiosk, "tap"))
    await asyncio.sleep(0)
    log_of(node).let_go()

    answers = await asyncio.gather(*taps)
    await first

    assert [answer.replayed for answer in answers] == [False, True, True]
    assert len({answer.seq for answer in answers}) == 1
    assert (await wrong).code == "key_reused"


async def test_refusals_and_empty_answers_spend_no_key(node: Node) -> None:
    assert (await node.refused(c.StartService(counter="1"), key="k")).code == "counter_idle"
    assert (await node.done(c.CallNext(counter="1"), key="n")).entries == ()
    ticket = await node.ticket()

    called = await node.done(c.CallNext(counter="1"), key="n")
    assert called.result["ticket"]["id"] == ticket
    assert not called.replayed
    assert (await node.done(c.StartService(counter="1"), key="k")).entries


async def test_what_waits_goes_in_one_batch(node: Node) -> None:
    """Decided one after another on a state that runs ahead: fifty numbers without gaps with one sync."""
    log_of(node).hold()
    tasks = [asyncio.create_task(node.ticket())]
    await log_of(node).tried.wait()
    before = len(log_of(node).batches)
    tasks += [asyncio.create_task(node.ticket()) for _ in range(50)]
    await asyncio.sleep(0)
    log_of(node).let_go()
    tickets = await asyncio.gather(*tasks)

    assert log_of(node).batches[before:] == [50]
    assert [node.desk.state.tickets[ticket].number for ticket in tickets] == [f"A{at:03d}" for at in range(1, 52)]


async def test_a_refusal_waits_for_the_append_of_its_batch(node: Node) -> None:
    """It was decided on a state that is not in the log yet."""
    await node.ticket()
    log_of(node).hold()
    call = asyncio.create_task(node.done(c.CallNext(counter="1")))
    await log_of(node).tried.wait()
    refusal = asyncio.create_task(node.refused(c.CallNext(counter="1")))
    busy = asyncio.create_task(node.refused(c.RepeatCall(counter="2")))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not refusal.done()
    assert not busy.done()
    log_of(node).let_go()

    await call
    assert [(await refusal).code, (await busy).code] == ["counter_busy", "counter_closed"]


async def test_a_raising_rule_ends_that_command_only(node: Node) -> None:
    log_of(node).hold()
    first = asyncio.create_task(node.ticket())
    await log_of(node).tried.wait()
    tasks = [
        asyncio.create_task(node.ticket()),
        asyncio.create_task(node.press(Strange())),
        asyncio.create_task(node.ticket()),
    ]
    await asyncio.sleep(0)
    log_of(node).let_go()
    await first
    before, strange, after = await asyncio.gather(*tasks)

    assert isinstance(strange, Refusal)
    assert (strange.code, strange.status) == ("fault", 500)
    numbers = [node.desk.state.tickets[str(ticket)].number for ticket in (before, after)]
    assert numbers == ["A002", "A003"]


async def test_an_answer_that_cannot_be_made_harms_nobody(site: Site) -> None:
    """Its events are in the log anyway, and the next press is answered."""

    def secret(kind: str, id: str) -> str:
        raise RuntimeError("no key")

    node = await site.opened(secret=secret)

    assert (await node.refused(c.IssueTicket(services=("pass",)))).code == "fault"
    assert len(node.desk.state.tickets) == 1
    assert (await node.done(c.OpenCounter(counter="1"))).entries


async def test_who_has_left_is_not_decided_for(node: Node) -> None:
    log_of(node).hold()
    first = asyncio.create_task(node.ticket())
    await log_of(node).tried.wait()
    left = asyncio.create_task(node.ticket())
    await asyncio.sleep(0)
    left.cancel()
    await asyncio.gather(left, return_exceptions=True)
    log_of(node).let_go()
    await first
    await node.done(c.OpenCounter(counter="2"))

    assert len(node.desk.state.tickets) == 1


async def test_a_press_grows_old_while_it_waits(node: Node, site: Site) -> None:
    await node.ticket()
    log_of(node).hold()
    first = asyncio.create_task(node.ticket())
    await log_of(node).tried.wait()
    call = asyncio.create_task(node.refused(c.CallNext(counter="1")))
    await asyncio.sleep(0)
    site.clock.step(16)
    log_of(node).let_go()

    assert (await call).code == "stale_press"
    await first
    assert isinstance(await node.desk.submit(node.clerk, c.CallNext(counter="1"), "x", 15_001), Refusal)


async def test_an_answer_that_never_came(node: Node, site: Site) -> None:
    """The write happened: the key finds one event, and it counts as this press, not as a replay."""
    site.store.cut_next_answer()

    done = await node.done(c.IssueTicket(services=("pass",)), node.kiosk, "tap")

    assert not done.replayed
    assert len(node.desk.state.tickets) == 1
    assert (await node.done(c.IssueTicket(services=("pass",)), node.kiosk, "tap")).replayed


async def test_the_store_is_away(site: Site) -> None:
    """After its patience a press is told to retry; nothing was done; the same key works later."""
    node = await site.opened(patience=0.2)
    site.store.go_away()

    refusal = await node.refused(c.IssueTicket(services=("pass",)), node.kiosk, "tap")
    assert (refusal.code, refusal.status, refusal.retry) == ("store_unavailable", 503, True)
    assert node.desk.health == "stale"
    assert node.desk.stale_since is not None
    site.store.come_back()
    await node.until(lambda: node.desk.health == "ready")

    assert node.desk.stale_since is None
    assert not node.desk.state.tickets
    assert not (await node.done(c.IssueTicket(services=("pass",)), node.kiosk, "tap")).replayed


@pytest.mark.parametrize("kind", ["read_only", "full", "memory"])
async def test_a_store_that_takes_no_writes_is_not_stormed(site: Site, full_log: FullLog, kind: Kind) -> None:
    """It can be read, so it answers; the desk reports that it is not well until a write succeeds."""
    node = await site.opened(log=full_log, patience=0.3)
    await node.until(lambda: len(node.heard) == node.desk.state.seq)
    told: list[str] = []
    node.desk.watch(lambda entries: told.append(node.desk.health))
    full_log.kind = kind
    before = len(full_log.batches)

    assert (await node.refused(c.IssueTicket(services=("pass",)))).code == "store_unavailable"

    assert len(full_log.batches) - before <= 0.3 / RETRY_S + 2
    assert (node.desk.health, told) == ("stale", ["stale"])
    assert (await node.refused(c.CallNext(counter="1"))).code == "counter_closed"
    assert node.desk.health == "stale"
    full_log.kind = None
    await node.ticket()
    assert node.desk.health == "ready"


async def test_one_more_than_may_wait(node: Node) -> None:
    log_of(node).hold()
    tasks = [asyncio.create_task(node.ticket())]
    await log_of(node).tried.wait()
    presses = [asyncio.create_task(node.done(c.OpenCounter(counter="1"))) for _ in range(WAITING)]
    await asyncio.sleep(0)

    refusal = await node.refused(c.IssueTicket(services=("pass",)))
    log_of(node).let_go()

    assert (refusal.code, refusal.retry) == ("too_many", True)
    assert len(await asyncio.gather(*presses)) == WAITING
    await asyncio.gather(*tasks)


async def test_who_gave_up_takes_no_place_of_those_who_wait(site: Site) -> None:
    """Else those who press again would be refused because of themselves."""
    node = await site.opened(patience=0.5)
    log_of(node).hold()
    held = asyncio.create_task(node.press(c.IssueTicket(services=("pass",))))
    await log_of(node).tried.wait()
    gone = await asyncio.gather(*(node.refused(c.OpenCounter(counter="1")) for _ in range(WAITING)))
    again = asyncio.create_task(node.press(c.OpenCounter(counter="1")))
    await asyncio.sleep(0)
    log_of(node).let_go()
    await held

    assert {refusal.code for refusal in gone} == {"store_unavailable"}
    answer = await again
    assert isinstance(answer, Done) or answer.code != "too_many"


# alarms


async def test_an_alarm_goes_out_before_and_without_the_append(site: Site) -> None:
    node = await site.opened(patience=0.1)
    heard: list[frames.Alarm] = []
    node.desk.watch_alarm(heard.append)
    site.store.go_away()

    answer = await node.press(c.RaiseAlarm(counter="1"))

    assert isinstance(answer, Refusal)
    assert [(alarm.counter, alarm.label) for alarm in heard] == [("1", "1")]
    site.store.come_back()
    await node.until(lambda: node.desk.health == "ready")
    log_of(node).hold()
    press = asyncio.create_task(node.done(c.RaiseAlarm()))
    await log_of(node).tried.wait()
    assert [alarm.counter for alarm in heard] == ["1", None]
    log_of(node).let_go()
    assert [entry.event.__struct_config__.tag for entry in (await press).entries] == ["alarm_raised"]


async def test_who_may_not_alarms_nobody(node: Node) -> None:
    heard: list[frames.Alarm] = []
    unwatch = node.desk.watch_alarm(heard.append)

    await node.refused(c.RaiseAlarm(counter="1"), node.kiosk)
    await node.refused(c.RaiseAlarm(counter="nothing"))
    unwatch()
    await node.done(c.RaiseAlarm(counter="1"))

    assert heard == []


async def test_a_listener_that_raises_harms_nobody(node: Node) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("broken")

    node.desk.watch(broken)
    node.desk.watch_alarm(broken)
    heard: list[frames.Alarm] = []
    node.desk.watch_alarm(heard.append)

    await node.done(c.RaiseAlarm(counter="1"))
    ticket = await node.ticket()

    await node.until(lambda: any(getattr(entry.event, "ticket", "") == ticket for entry in node.heard))
    assert len(heard) == 1


# beginning and end


async def test_before_it_is_ready_and_after_it_stopped(site: Site) -> None:
    node = site.node()
    starting = await node.refused(c.OpenDay())
    await node.ready()
    await node.begin()
    await node.desk.stop()
    stopping = await node.refused(c.OpenDay())
    await node.desk.stop()

    assert [(one.code, one.retry) for one in (starting, stopping)] == [("starting", True), ("stopping", True)]
    assert await node.log.load_snapshot("amt") is not None


async def test_stopping_finishes_what_is_in_hand_and_what_waits(node: Node) -> None:
    log_of(node).hold()
    first = asyncio.create_task(node.ticket())
    await log_of(node).tried.wait()
    second = asyncio.create_task(node.ticket())
    await asyncio.sleep(0)
    stop = asyncio.create_task(node.desk.stop())
    await asyncio.sleep(0)
    log_of(node).let_go()
    await stop

    assert {await first, await second} == set(node.desk.state.tickets)


async def test_who_presses_is_never_shown_as_a_person(node: Node) -> None:
    anna = Actor(role="clerk", principal="page:anna", holder="day-anna", page=True)
    done = await node.done(c.OpenCounter(counter="2"), anna)

    assert done.entries[0].event.by == "counter:2"


async def test_a_day_that_the_store_refuses_to_open_is_missing_until_it_opens(site: Site, full_log: FullLog) -> None:
    """Health and the table show it; the reason is the store and not that somebody closed the day."""
    node = await site.opened(log=full_log, patience=0.2)
    await node.done(c.CloseDay(), SYSTEM)
    assert node.desk.missing() == "", "closed by hand is nobody's trouble"

    full_log.kind = "fault"
    await node.refused(c.OpenDay(), SYSTEM)
    await node.until(lambda: node.desk.health == "ready")
    assert "does not open" in node.desk.missing()

    full_log.kind = None
    await node.done(c.OpenDay(), SYSTEM)
    assert node.desk.missing() == ""


async def test_a_press_that_waited_before_a_sleeping_node_is_old(node: Node) -> None:
    """Its own clock measured nothing, and here it did not wait at all: the server's time of the press shows its age."""
    now = node.desk.now()
    press = c.CallNext(counter="1")

    old = await node.desk.submit(node.clerk, press, "old", 0, now - 15_001)
    fresh = await node.desk.submit(node.clerk, press, "fresh", 0, now - 10_000)
    ahead = await node.desk.submit(node.clerk, press, "ahead", 15_001, now + MINUTE)

    assert [isinstance(one, Refusal) and one.code for one in (old, fresh, ahead)] == [
        "stale_press",
        False,
        "stale_press",
    ]
