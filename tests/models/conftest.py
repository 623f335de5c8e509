"""Trouble is made on purpose here: what the nodes log about it is nobody's concern. And one real server for those who need it."""

from collections.abc import Iterator

import pytest
import structlog

from tests.models.up import Up, standing


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


@pytest.fixture(scope="session")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """One `aufruf up` for all who fuzz it: at the end it must be the same process, without a word of a fault."""
    with standing(tmp_path_factory.mktemp("up")) as running:
        yield running
        assert running.lives()
        assert "Traceback" not in running.words(), running.words()
