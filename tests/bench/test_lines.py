"""Every line of the bench runs, in a size too small to measure anything, so that `make bench` keeps working."""

import importlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bench import page
from bench.__main__ import LINES, run
from bench.result import Result


@pytest.mark.parametrize("name", LINES)
def test_a_line_runs_and_its_page_is_written(name: str, tmp_path: Path) -> None:
    result = run(name, quick=True)
    page.keep(result, tmp_path / "numbers")
    page.write(tmp_path)

    assert result.name == name
    assert result.claims
    assert all(claim.value == claim.value for claim in result.claims), "a figure is no number"
    assert msgspec.json.decode((tmp_path / "numbers" / f"{name}.json").read_bytes(), type=Result) == result
    text = (tmp_path / "numbers.md").read_text()
    assert f"## {result.title}" in text
    assert all(claim.what in text for claim in result.claims)
    assert all((tmp_path / "numbers" / f"{plot.name}.svg").exists() for plot in result.plots)


def test_every_line_has_its_place_on_the_page() -> None:
    assert set(page.ORDER) == set(LINES)


@pytest.mark.parametrize("name", LINES)
def test_every_line_says_how_it_was_measured(name: str) -> None:
    line: Any = importlib.import_module(f"bench.{name}")

    assert len(line.HOW) > 100
