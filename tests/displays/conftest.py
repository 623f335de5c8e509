"""A stage for citizens' pages: real templates and files, a scripted live socket, a real Chromium.

`stage` speaks the frames of the live socket and remembers what pages say; `boards` makes boards from the wire's own
classes; `browser` opens pages in which any breach of the content security policy or error in a script fails the test.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.displays.boards import Boards
from tests.displays.stage import Stage, Theatre
from tests.displays.visitor import WITHOUT_WORKER, Visitor
from tests.live_sockets import DEADLINE_S
from tests.staff_pages.visitor import launched

QUIET = "--autoplay-policy=user-gesture-required"
LOUD = "--autoplay-policy=no-user-gesture-required"


@pytest.fixture(scope="session")
def theatre() -> Iterator[Theatre]:
    with Theatre() as theatre:
        yield theatre


@pytest.fixture(scope="session")
def chromiums() -> Iterator[Callable[[str], Browser]]:
    """Chromium under an autoplay policy, each started once."""
    with sync_playwright() as playwright, ExitStack() as started:
        launch = contextmanager(launched)

        @cache
        def start(policy: str) -> Browser:
            return started.enter_context(launch(playwright, policy, **WITHOUT_WORKER))

        yield start


@pytest.fixture
def stage(theatre: Theatre) -> Stage:
    theatre.stage = Stage()
    return theatre.stage


def visit(chromium: Browser, port: int) -> Iterator[Visitor]:
    visitor = Visitor(chromium, port)
    yield visitor
    visitor.close()
    assert [line for line in visitor.wrong if "WebSocket connection" not in line] == []


@pytest.fixture
def browser(chromiums: Callable[[str], Browser], theatre: Theatre, stage: Stage) -> Iterator[Visitor]:
    """Its pages may make sound; script errors and policy breaches fail the test. A cut connection is no error."""
    yield from visit(chromiums(LOUD), theatre.port)


@pytest.fixture
def quiet_browser(chromiums: Callable[[str], Browser], theatre: Theatre, stage: Stage) -> Iterator[Visitor]:
    """As it is installed: no sound before somebody taps."""
    yield from visit(chromiums(QUIET), theatre.port)


@pytest.fixture
def boards() -> Boards:
    return Boards()


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=DEADLINE_S * 1000)
