"""SIGTERM at any moment of a start, with a hundred offices and their printers: all of it ends within ten seconds."""

import asyncio
import re

import pytest

from config.office_files import find
from tests.crash.conftest import MakeUp
from tests.crash.up import orphans

pytestmark = pytest.mark.crash
OFFICES = 100


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Options for a hundred copies of the sample office, each with a printer of its own."""
    folder = tmp_path_factory.mktemp("offices")
    sample = find("mitte").read_text(encoding="utf-8")
    options = []
    for number in range(OFFICES):
        file = folder / f"copy{number}.toml"
        file.write_text(re.sub(r'^id = ".*"', f'id = "copy{number}"', sample, count=1, flags=re.M), encoding="utf-8")
        options += ["--office", str(file)]
    return options


@pytest.mark.parametrize("after_s", [0.1, 0.6, 1.2, 2.5, 6.0])
async def test_asked_to_end_it_ends_with_all_it_has_started(
    offices: list[str], after_s: float, make_up: MakeUp
) -> None:
    up = make_up(*offices)
    up.launch()
    await asyncio.sleep(after_s)
    children = up.children()
    code = await up.terminate()

    assert code in (0, -15)  # before it listens to signals, the system's own answer
    assert await orphans(children) == []
