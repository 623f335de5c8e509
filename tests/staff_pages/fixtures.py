"""Fixtures of the browser tests: one house and one Chromium for a module, one stage and one visitor for a test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.staff_pages import visitor as visiting
from tests.staff_pages.stage import House, Stage


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with House() as house:
        yield house


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One for each module: a running sync Playwright would stop every asynchronous test after it."""
    with visiting.chromium() as browser:
        yield browser


@pytest.fixture
def stage(house: House) -> Stage:
    house.stage = Stage()
    return house.stage


@pytest.fixture
def visitor(chrome: Browser, house: House, stage: Stage) -> Iterator[visiting.Visitor]:
    visitor = visiting.Visitor(chrome, house.port)
    yield visitor
    visitor.close()
    assert visitor.faults == []
