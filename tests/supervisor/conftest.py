"""The supervisor's table on a stage: `stage` plays the server, `visitor` opens the page in Chromium."""

import pytest

from tests.staff_pages.fixtures import chrome, house, stage, visitor
from tests.staff_pages.stage import Stage

__all__ = ["chrome", "house", "stage", "visitor"]


@pytest.fixture(autouse=True)
def chosen(request: pytest.FixtureRequest) -> None:
    """Every press of the table that moves something names the board on which it was chosen."""
    if "stage" in request.fixturenames:
        stage: Stage = request.getfixturevalue("stage")
        stage.says_what_was_seen = True
