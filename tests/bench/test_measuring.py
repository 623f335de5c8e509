"""The tools of the bench: frames cut and joined, quantiles, facts about a process, targets, pages."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from bench import page
from bench.gathering import gathering
from bench.measuring import cpu_s, family_cpu_s, quantile, rss_kib
from bench.result import Claim, Plot, Result, Table, number
from bench.sockets import TEXT, client_frame, frames, seq_of, server_frame


@given(payloads=st.lists(st.binary(max_size=300), max_size=5), cut=st.integers(1, 40))
def test_frames_are_found_however_they_are_cut(payloads: list[bytes], cut: int) -> None:
    whole = b"".join(server_frame(payload) for payload in payloads)
    buffer, found = bytearray(), []
    for at in range(0, len(whole), cut):
        buffer += whole[at : at + cut]
        found += [payload for _, payload in frames(buffer)]

    assert found == payloads
    assert not buffer


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_frames_are_those_of_the_standard(size: int) -> None:
    """Compared with the frames of a library that we did not write."""
    payload = b"x" * size

    assert server_frame(payload) == Frame(Opcode.TEXT, payload).serialize(mask=False)


@pytest.mark.parametrize("size", [0, 125, 126, 65_535])
def test_a_client_masks_with_zeros(size: int) -> None:
    payload = b"x" * size
    masked = client_frame(payload)
    plain = server_frame(payload)
    head = len(plain) - size

    assert masked[0] == plain[0] == 0x80 | TEXT
    assert masked[1] == plain[1] | 0x80
    assert masked[head : head + 4] == bytes(4)
    assert masked[head + 4 :] == payload


def test_the_seq_of_a_board() -> None:
    assert seq_of(b'{"type":"board","epoch":"e","seq":1234,"at":"x","board":{}}') == 1234


def test_a_quantile_is_a_value_that_was_measured() -> None:
    values = [5.0, 1.0, 4.0, 2.0, 3.0]

    assert quantile(values, 0.5) == 3.0
    assert quantile(values, 0.99) == 5.0
    assert quantile([7.0], 0.5) == 7.0


def test_what_linux_says_of_a_process() -> None:
    assert cpu_s(os.getpid()) > 0
    assert family_cpu_s(os.getpid())["self"] >= cpu_s(os.getpid()) - 0.1
    assert rss_kib(os.getpid()) > 10_000


def test_a_target_is_met_or_missed() -> None:
    assert Claim(what="a", value=9, unit="ms", limit=10).met
    assert Claim(what="a", value=11, unit="ms", limit=10).met is False
    assert Claim(what="a", value=11, unit="/s", limit=10, most=False).met
    assert Claim(what="a", value=11, unit="ms").met is None
    assert "MISSED" in str(Claim(what="a", value=11, unit="ms", limit=10))


@pytest.mark.parametrize(
    ("value", "text"),
    [(15_234.4, "15,234"), (0.617, "0.62"), (4.71, "4.71"), (47.12, "47.1"), (471.2, "471"), (-3, "-3.00")],
)
def test_figures_have_three_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_a_page_tells_what_was_missed(tmp_path: Path) -> None:
    plot = Plot(name="p", title="A picture", x="x", y="y", series={"one": ((1, 2), (3, 4))})
    result = Result(
        name="who_next",
        title="Who",
        how="With care.",
        claims=(Claim(what="time", value=20, unit="µs", limit=15),),
        tables=(Table(title="Times", columns=("a", "b"), rows=(("1", "2"),)),),
        plots=(plot,),
    )
    page.keep(result, tmp_path / "numbers")
    page.write(tmp_path)
    text = (tmp_path / "numbers.md").read_text()

    assert "| Who: time | 20.0 µs | at most 15.0 µs | **missed** |" in text
    assert "| a | b |" in text
    assert "![A picture](numbers/p.svg)" in text
    assert (tmp_path / "numbers" / "p.svg").read_text().startswith("<?xml")


def test_a_crowd_ends_with_its_driver() -> None:
    with gathering() as crowd:
        pid = crowd.pid
        crowd.report()

    assert not Path(f"/proc/{pid}").exists()
