"""Trouble is made on purpose here, so what the nodes log about it is ignored. And one real server for fuzzing."""

from collections.abc import Iterator

import pytest
import structlog

from tests.models.up import Up, standing


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with structlog.testing.capture_logs():
        yield


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """One `aufruf up` for each module: what one leaves (an evacuated zone, a closed service) would get the next one refused.

    At the end it must be the same process and must have logged no fault.
    """
    with standing(tmp_path_factory.mktemp("up")) as running:
        yield running
        assert running.lives()
        assert "Traceback" not in running.words(), running.words()
