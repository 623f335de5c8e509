"""Views: encoded once for all who see the same, sent only when they look different, with a pace for lists."""

import asyncio
from itertools import pairwise

import pytest
from msgspec.structs import replace

from config.loader import load
from config.office_files import find
from server.messages.boards import Advice, Expected, Gained
from server.messages.instants import HOUR
from server.messages.office import Office
from server.messages.what_if import AdviceFound
from server.office.waits import Waits
from server.push import audience
from server.push.view import PACE_MS
from tests.push.conftest import Room

SLOW = HOUR


async def test_displays_of_one_board_share_one_frame(room: Room) -> None:
    ears = [room.join("display", "hall", "display", "")[0] for _ in range(5)]
    await room.ticket()
    await room.call("1")
    for ear in ears:
        await ear.until(lambda ear=ear: ear.board["calls"])  # type: ignore[misc]

    newest = [next(m for m in reversed(ear.messages) if '"type":"board"' in m["text"]) for ear in ears]
    assert all(message is newest[0] for message in newest)


async def test_two_clerks_see_their_own_side_of_a_counter(room: Room) -> None:
    await room.press("open_counter", counter="1", who="anna")
    mine, _ = room.join("counter", "1", "clerk", "anna")
    other, _ = room.join("counter", "1", "clerk", "bert")

    assert mine.board["counter"]["holder_is_me"] is True
    assert other.board["counter"]["holder_is_me"] is False
    assert mine.board["undo"] is not None
    assert other.board["undo"] is None


async def test_nothing_is_sent_when_nothing_looks_different(room: Room) -> None:
    wall, _ = room.join("display", "hall", "display")
    before = len(wall.of("board"))

    await room.press("open_counter", counter="8")
    await room.press("pause_counter", counter="8")
    await room.press("resume_counter", counter="8")
    done = await room.ticket()
    await wall.until(lambda: any(line["count"] for line in wall.board["waiting"]))

    assert done
    seen = [frame["board"] for frame in wall.of("board")[before:]]
    assert all(one != other for one, other in pairwise(seen))


@pytest.mark.parametrize("surroundings", [{"paces": {"supervisor": SLOW}}])
async def test_the_first_change_of_a_list_is_sent_at_once_the_next_at_its_pace(room: Room) -> None:
    table, _ = room.join("supervisor", "", "supervisor")
    wall, _ = room.join("display", "hall", "display")

    for count in range(1, 6):
        await room.ticket()
        await wall.until(lambda count=count: wall.board["waiting"][0]["count"] == count)  # type: ignore[misc]

    counts = [next(line["waiting"] for line in frame["board"]["services"]) for frame in table.of("board")]
    assert counts == [0, 1]


@pytest.mark.parametrize("surroundings", [{"paces": {"counter": SLOW}}])
async def test_whoever_pressed_does_not_wait_for_their_pace(room: Room) -> None:
    """In a full office each counter's board changes all the time; a press is seen at once all the same."""
    ear, mine = room.join("counter", "1")
    other, _ = room.join("counter", "1", who="b")
    await room.press("open_counter", counter="1")
    await ear.until(lambda: ear.board["counter"]["state"] == "open")
    await room.ticket()  # too soon for its pace

    await room.press("call_next", counter="1")
    room.hub.answered(mine)
    await ear.until(lambda: ear.board["current"])

    assert len(ear.of("board")) == 3
    assert other.board["current"] is None


@pytest.mark.parametrize("surroundings", [{"paces": {"supervisor": 20}}])
async def test_a_paced_list_ends_up_right(room: Room) -> None:
    table, _ = room.join("supervisor", "", "supervisor")

    for _ in range(30):
        await room.ticket()

    await table.until(lambda: table.board["services"][0]["waiting"] == 30)
    assert len(table.of("board")) <= 31


async def test_lists_of_staff_come_at_most_eight_times_a_second() -> None:
    assert [PACE_MS[kind] for kind in ("counter", "supervisor", "desk")] == [125, 125, 125]
    assert PACE_MS["ticket"] == 10_000
    assert not {"display", "announcer", "printer"} & set(PACE_MS)


async def test_a_newcomer_gets_welcome_and_the_whole_board(room: Room) -> None:
    await room.ticket()
    await room.call("1")
    wall, _ = room.join("display", "hall", "display")

    assert [frame["type"] for frame in wall.frames] == ["welcome", "board"]
    assert wall.frames[0]["beat"] == 5
    assert wall.frames[1]["seq"] == room.desk.state.seq
    assert len(wall.board["calls"]) == 1


def hasty() -> Office:
    """The sample office with calls highlighted for only one second."""
    mitte = load(find("mitte"))
    return replace(mitte, calls=replace(mitte.calls, fresh=1))


@pytest.mark.parametrize("office", [hasty()])
async def test_time_alone_changes_a_board(room: Room) -> None:
    """A call is highlighted for a while and then is not; nobody presses anything for that."""
    await room.ticket()
    await room.call("1")
    wall, _ = room.join("display", "hall", "display")
    assert wall.board["calls"][0]["fresh"]

    await wall.until(lambda: not wall.board["calls"][0]["fresh"])


async def test_who_has_left_hears_nothing_more(room: Room) -> None:
    gone, connection = room.join("display", "hall", "display")
    room.hub.leave(connection)
    heard = len(gone.frames)

    other, _ = room.join("announcer", "hall", "announcer")
    await room.ticket()
    await room.call("1")
    await other.until(lambda: other.board["announcements"])

    assert len(gone.frames) == heard
    assert len(room.hub) == 1


class Forecast:
    """The last forecast of a surrounding: `says` a new one."""

    def __init__(self) -> None:
        self.waits = Waits(known=True)

    def __call__(self, office: str) -> Waits:
        return self.waits

    def says(self, room: Room, **tickets: int) -> None:
        """Each ticket waits for that many minutes; the services' waits stay the same."""
        at = "2026-11-23T08:00:00.000Z"
        shown = {
            name: Expected(low=low, median=low, high=low + 5, at=at, learning=False) for name, low in tickets.items()
        }
        self.waits = replace(self.waits, seq=room.desk.state.seq, tickets=shown)
        room.hub.waits_changed("mitte")


FORECAST = Forecast()


@pytest.mark.parametrize("surroundings", [{"waits": FORECAST, "paces": {}}])
async def test_a_new_forecast_draws_only_boards_that_show_other_waits(room: Room) -> None:
    """Of the boards of which there are many: the pages of counters and phones."""
    await room.press("open_counter", counter="1")
    await room.press("open_counter", counter="5")
    mine, other = await room.ticket("ausweis"), await room.ticket("kfz")
    FORECAST.says(room, **{mine: 10, other: 20})
    pages = [room.join("counter", id, "clerk")[0] for id in ("1", "5")]
    phones = [room.phone(ticket)[0] for ticket in (mine, other)]
    await pages[1].until(lambda: pages[1].board["queue"])
    FORECAST.says(room, **{mine: 10, other: 30})
    await phones[1].until(lambda: "'low': 30" in str(phones[1].board))  # phones are last: all have what was pressed
    before = [len(ear.of("board")) for ear in (*pages, *phones)]
    drawn = room.hub.tally.boards

    FORECAST.says(room, **{mine: 10, other: 40})
    for ear in (pages[1], phones[1]):
        await ear.until(lambda ear=ear: "'low': 40" in str(ear.frames[-1]))  # type: ignore[misc]

    assert room.hub.tally.boards - drawn == 2
    assert [len(ear.of("board")) for ear in (*pages, *phones)] == [
        n + more for n, more in zip(before, (0, 1, 0, 1), strict=True)
    ]


@pytest.mark.parametrize("surroundings", [{"waits": FORECAST, "paces": {"counter": 200}}])
@pytest.mark.parametrize("news", ["waits", "a colleague"])
async def test_news_that_may_wait_comes_with_news_that_may_not(room: Room, news: str) -> None:
    """A page is not sent at once because a forecast is new or a colleague takes a break: it comes with the next ticket."""
    await room.press("open_counter", counter="1")
    mine = await room.ticket("ausweis")
    FORECAST.says(room, **{mine: 10})
    page, _ = room.join("counter", "1", "clerk")
    await room.ticket("ausweis")
    await page.until(lambda: page.board["waiting"] == 2)
    before = len(page.of("board"))

    if news == "waits":
        FORECAST.says(room, **{mine: 20})
    else:
        await room.press("open_counter", counter="2")
    await asyncio.sleep(0.4)  # two paces
    assert len(page.of("board")) == before
    await room.ticket("ausweis")
    await page.until(lambda: page.board["waiting"] == 3)

    board = page.of("board")[before]["board"]
    shown = board["queue"][0]["expected"]["low"] == 20 if news == "waits" else board["colleagues"][0]["id"] == "2"
    assert (board["waiting"], shown) == (3, True)


@pytest.mark.parametrize("surroundings", [{"waits": FORECAST, "paces": {"counter": 50, "supervisor": 50}}])
async def test_news_that_may_wait_comes_by_itself_too(room: Room) -> None:
    await room.press("open_counter", counter="1")
    mine = await room.ticket("ausweis")
    page, _ = room.join("counter", "1", "clerk")
    table, _ = room.join("supervisor", "", "supervisor")
    for low in (10, 20, 30):
        FORECAST.says(room, **{mine: low})
        await page.until(lambda low=low: f"'low': {low}" in str(page.board["queue"]))  # type: ignore[misc]
        await table.until(lambda low=low: f"'low': {low}" in str(table.board["tickets"]))  # type: ignore[misc]
    await room.press("open_counter", counter="3")
    await page.until(lambda: page.board["colleagues"][0]["id"] == "3")


@pytest.mark.parametrize("surroundings", [{"paces": {"counter": 50}}])
async def test_a_board_that_waits_for_its_time_is_not_drawn_again(room: Room) -> None:
    await room.press("open_counter", counter="1")
    page, _ = room.join("counter", "1", "clerk")
    await room.ticket("ausweis")
    await page.until(lambda: page.board["waiting"] == 1)
    drawn = room.hub.tally.boards

    await room.press("open_counter", counter="3")
    await page.until(lambda: page.board["colleagues"][0]["id"] == "3")

    assert room.hub.tally.boards - drawn == 1


class Outlook:
    """The advice of a surrounding."""

    advice: Advice | None = None

    def __call__(self, office: str) -> AdviceFound:
        return AdviceFound(advice=self.advice)


OUTLOOK = Outlook()
HELPS = Advice(
    id="a", kind="counter", moves=(), gain=Gained(low=5, median=20, high=30), chance=0.9, until="2026-11-23T09:00:00.000Z",
    minutes=60, turned=0.0, seq=1,
)  # fmt: skip


@pytest.mark.parametrize("surroundings", [{"waits": FORECAST, "advice": OUTLOOK, "paces": {}}])
async def test_a_quiet_office_sends_a_board_no_oftener_than_there_is_a_forecast(room: Room) -> None:
    """Six forecasts in a minute that each change a wait, and new advice twice: six frames a board, and all is on the last."""
    await room.press("open_counter", counter="1")
    ticket = await room.ticket("ausweis")
    FORECAST.says(room, **{ticket: 5})
    ears = {
        "supervisor": room.join("supervisor", "", "supervisor")[0],
        "counter": room.join("counter", "1")[0],
        "desk": room.join("desk", "", "desk")[0],
    }
    ears["ticket"] = room.phone(ticket)[0]
    await ears["ticket"].until(lambda: "'low': 5," in str(ears["ticket"].board))
    before = {kind: len(ear.of("board")) for kind, ear in ears.items()}

    for nth in range(6):
        if nth % 3 == 1:
            OUTLOOK.advice = replace(HELPS, id=f"a{nth}")
            room.hub.outlook_changed("mitte")
            await asyncio.sleep(0.05)  # some turns of the loop: a frame of its own would have been sent by now
        low = 10 + 5 * nth
        FORECAST.says(room, **{ticket: low})
        for ear in ears.values():
            await ear.until(lambda ear=ear, low=low: f"'low': {low}," in str(ear.board))  # type: ignore[misc]

    assert {kind: len(ear.of("board")) - before[kind] for kind, ear in ears.items()} == dict.fromkeys(ears, 6)
    assert ears["supervisor"].board["advice"]["id"] == "a4"


@pytest.mark.parametrize("surroundings", [{"advice": OUTLOOK, "paces": {}}])
async def test_without_a_forecast_an_advice_comes_by_itself(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audience, "OUTLOOK_MS", 50.0)
    OUTLOOK.advice = None
    table, _ = room.join("supervisor", "", "supervisor")
    OUTLOOK.advice = HELPS

    room.hub.outlook_changed("mitte")

    await table.until(lambda: table.board["advice"])
