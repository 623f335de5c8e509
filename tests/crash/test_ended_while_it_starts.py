"""SIGTERM ends a node within ten seconds whatever is starting, and nothing it began is left."""

import asyncio

import pytest

from tests.crash.conftest import MakeUp, RunStore
from tests.crash.up import orphans


async def test_asked_to_end_while_a_store_does_not_answer(make_up: MakeUp, run_store: RunStore) -> None:
    """The store took the connection and hangs: nothing that waits for it keeps the end waiting."""
    store = run_store()
    up = make_up(redis=store.url)
    with store.stopped():
        up.launch()
        await up.answers("/health/live", or_after_s=4)
        children = up.children()
        assert await up.terminate() in (0, -15)
    assert await orphans(children) == []


@pytest.mark.parametrize("after_s", [0.5, 1.5, 3.0])
async def test_asked_to_end_at_some_moment_of_its_start(make_up: MakeUp, after_s: float) -> None:
    """-15: before it could listen to signals there was nothing to end."""
    up = make_up()
    up.launch()
    await asyncio.sleep(after_s)  # the moment is the test's; nothing is concluded from it
    children = up.children()
    assert await up.terminate() in (0, -15)
    assert await orphans(children) == []
    assert "Traceback" not in up.words()
