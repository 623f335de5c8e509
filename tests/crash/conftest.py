"""Real servers and real stores that are killed, stopped, starved and cut off. `--soak` runs the same tests at long sizes."""

import random
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.crash.figures import Figures
from tests.crash.stores import DEBIAN, RunningStore
from tests.crash.up import Up

MakeUp = Callable[..., Up]
RunStore = Callable[..., RunningStore]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", metavar="FILE", default=None, help="long sizes; figures are written to FILE")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.crash)


@pytest.fixture(scope="session")
def soak(request: pytest.FixtureRequest) -> bool:
    """Whether this is the long run."""
    return request.config.getoption("--soak", default=None) is not None


@pytest.fixture(scope="session")
def figures(request: pytest.FixtureRequest) -> Figures:
    """What was counted, by test."""
    file = request.config.getoption("--soak", default=None)
    return Figures(Path(file) if file else None)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Another sequence each time; a failure prints its seed."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture
async def make_up(tmp_path: Path) -> AsyncIterator[MakeUp]:
    """Makes nodes, each with its own data folder; they and everything they started end with the test."""
    made: list[Up] = []

    def make(*options: str, **more: object) -> Up:
        made.append(Up(tmp_path / f"node-{len(made)}", *options, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for up in reversed(made):
        await up.end()


@pytest.fixture
def run_store() -> Iterator[RunStore]:
    """Runs stores for this test."""
    made: list[RunningStore] = []

    def run(binary: Path | None = None, *options: str, **more: Any) -> RunningStore:
        made.append(RunningStore(binary, *options, **more))
        made[-1].start()
        return made[-1]

    yield run
    for store in made:
        store.end()


@pytest.fixture
def debian() -> Path:
    if not DEBIAN.exists():
        pytest.skip("redis-server is not installed: make system")
    return DEBIAN
