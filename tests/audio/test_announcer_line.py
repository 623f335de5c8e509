"""The announcer's line and rights: the lease, a card that fails, a server that goes and comes, refusals."""

import asyncio
import http
from pathlib import Path
from typing import Any

import pytest

from audio.players.paced import PacedPlayer, Played
from audio.players.player import PlayFault
from audio.samples import decoded
from device_line.line import NotLetIn
from server.messages import frames
from server.messages.instants import rfc3339
from tests.audio.hall import SOON, Hall, Start, now


async def test_without_the_lease_nothing_is_spoken_until_it_is_ours(
    hall: Hall, agent: Start, heard: list[Played]
) -> None:
    """It keeps asking for the lease, so that it can replace a speaker that dies."""
    hall.leases = False
    await agent()
    await hall.call("m1")
    wishes = hall.wishes
    await hall.until(lambda: hall.wishes > wishes)
    assert hall.states() == []

    hall.leases = True
    await hall.until(lambda: hall.ended("m1"))
    assert len(heard) == 1


async def test_a_player_that_fails_is_told_and_tried_again(hall: Hall, agent: Start, heard: list[Played]) -> None:
    class Loose(PacedPlayer):
        plugged_in = False

        async def play(self, file: Path, seconds: float) -> None:
            if not self.plugged_in:
                raise PlayFault(self.name, "no card")
            await super().play(file, seconds)

    player = Loose(20, heard.append)
    await agent(player)
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))
    assert hall.states("m1")[-1] == ("m1", "failed", "no_sound")
    assert [f.sound for f in hall.said if isinstance(f, frames.Report) and f.announcement == "m1"][-1] == "off"

    player.plugged_in = True
    await hall.call("m2")
    await hall.until(lambda: hall.ended("m2"))
    assert hall.states("m2")[-1] == ("m2", "spoken", None)


async def test_a_box_that_lost_the_voice_for_being_mute_tries_its_card_and_says_when_it_is_back(
    hall: Hall, agent: Start, heard: list[Played]
) -> None:
    """Silently, and without a lease: a device that cannot be heard has none."""

    class Loose(PacedPlayer):
        tries = 0

        async def play(self, file: Path, seconds: float) -> None:
            self.tries += 1
            if self.tries == 1:
                raise PlayFault(self.name, "no card")
            await super().play(file, seconds)

    await agent(Loose(20, heard.append))
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))
    hall.leases = False
    await hall.send(frames.Lease(zone="hall", held=False, until=rfc3339(now())))
    await hall.until(lambda: [f.sound for f in hall.said if isinstance(f, frames.Report)][-1] == "ready")

    assert [f.kind for f in hall.said if isinstance(f, frames.Report)][-1] == "shown"
    assert not any(decoded(played.wav)[0].any() for played in heard)


async def test_after_a_lost_line_it_comes_back_and_repeats_nothing(
    hall: Hall, agent: Start, heard: list[Played]
) -> None:
    await agent()
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))
    for line in hall.lines:
        await line.close(1012)
    hall.lines.clear()
    await hall.until(lambda: len(hall.hellos) == 2 and isinstance(hall.said[-1], frames.Speak))
    await hall.call("m2")
    await hall.until(lambda: hall.ended("m2"))

    assert [id for id, state, _ in hall.states() if state == "spoken"] == ["m1", "m2"]
    assert len(heard) == 2


async def test_a_server_that_was_away_is_found_again(hall: Hall, agent: Start, heard: list[Played]) -> None:
    """Down and up again on the same port; what was announced meanwhile is played afterwards."""
    await agent()
    port = hall.port
    await hall.close()
    hall.lines.clear()
    await hall.open(port)
    await hall.until(lambda: len(hall.hellos) == 2)
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    assert len(heard) == 1


async def test_odd_frames_are_passed_over(hall: Hall, agent: Start, heard: list[Played]) -> None:
    """Unknown frames of a newer server and wrong frames of a faulty one are ignored: the room keeps its voice."""
    await agent()
    for text in (
        '{"type": "fireworks"}',
        "[]",
        "{",
        '{"type": "board", "epoch": "e", "seq": 1, "at": "", "board": {}}',
    ):
        for line in hall.lines:
            await line.send(text)
    await hall.send(frames.Beat(epoch="e", seq=1, server_time="half past nine"))
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    assert len(hall.hellos) == 1
    assert len(heard) == 1


@pytest.mark.parametrize(
    ("me", "why"),
    [
        ({"role": "announcer", "offices": ["mitte"], "for": "upstairs"}, "for upstairs, not for hall"),
        ({"role": "announcer", "offices": [], "for": "hall"}, "for no office"),
    ],
)
async def test_a_token_for_something_else_is_refused_at_once(
    hall: Hall, agent: Start, me: dict[str, Any], why: str
) -> None:
    hall.me = me
    with pytest.raises(NotLetIn, match=why):
        await asyncio.wait_for(await agent(leased=False), SOON)


@pytest.mark.parametrize("status", [http.HTTPStatus.UNAUTHORIZED, http.HTTPStatus.FORBIDDEN])
async def test_an_unknown_token_is_refused_at_once(hall: Hall, agent: Start, status: http.HTTPStatus) -> None:
    hall.me_status = status
    with pytest.raises(NotLetIn, match="does not know this token"):
        await asyncio.wait_for(await agent(leased=False), SOON)


@pytest.mark.parametrize("code", [4401, 4403, 4404])
async def test_a_refused_board_is_refused_at_once(hall: Hall, agent: Start, code: int) -> None:
    hall.close_with = code
    with pytest.raises(NotLetIn):
        await asyncio.wait_for(await agent(leased=False), SOON)


async def test_one_accepted_before_waits_for_better_times(hall: Hall, agent: Start) -> None:
    """A token was revoked and is valid again: nobody has to climb to a box near the ceiling to restart it."""
    task = await agent()
    hall.close_with = 4401
    for line in hall.lines:
        await line.close(4401)
    hall.lines.clear()
    await hall.until(lambda: len(hall.hellos) > 2)
    assert not task.done()

    hall.close_with = None
    await hall.until(lambda: hall.lines)
