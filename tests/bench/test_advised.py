"""What the evaluation says of days with advice: each gate with its figure, and a page that keeps its other sections."""

from pathlib import Path

from bench import page
from bench.advised import result
from bench.evaluate import ORDER
from bench.result import Claim
from server.rehearsal.arms import Honest, Outcome


def day(before: float, after: float, told: float, happened: float, uncovered: int = 0) -> Outcome:
    honest = Honest(kind="counter", told=told, mean=told, low=told - 9, high=told + 9, happened=happened)
    return Outcome(
        longest=(before, after),
        p95=(before, after),
        mean=(before / 3, after / 3),
        pooled=after,
        moves=("counter",),
        honest=(honest,),
        turned=0,
        uncovered=uncovered,
        others=0,
    )


def missed(*days: Outcome) -> set[str]:
    return {claim.what for claim in result(days, {}).claims if claim.met is False}


def test_days_that_fulfil_every_gate() -> None:
    assert missed(day(100, 60, 20, 22), day(120, 70, 30, 27), day(80, 60, 10, 12)) == set()


def test_each_gate_can_be_missed() -> None:
    off = "predicted less happened, without its sign"

    assert missed(day(100, 71, 20, 22), day(100, 71, 30, 28)) == {"cut of the longest wait"}
    assert missed(day(100, 60, 20, 19), day(100, 60, 30, 17)) == {off}
    assert missed(day(100, 60, 20, 16.1), day(100, 60, 30, 26)) == {f"{off}; two standard errors"}
    assert missed(day(100, 60, 20, 22, uncovered=1), day(100, 60, 30, 28)) == {"services left without a counter"}


def test_a_section_that_is_measured_alone_leaves_the_others_on_the_page(tmp_path: Path) -> None:
    found = result([day(100, 60, 20, 22), day(120, 70, 30, 27)], {"intake": [day(100, 60, 20, 22)]})
    page.keep(found, tmp_path / "promise")
    old = Claim(what="mean error", value=6.8, unit="min")
    for name in ORDER[:2]:
        page.keep(type(found)(name=name, title=name, how="", claims=(old,)), tmp_path / "promise")

    page.write_page(tmp_path / "promise.md", "# Head\n", page.kept(tmp_path / "promise", ORDER), tmp_path / "promise")

    text = (tmp_path / "promise.md").read_text()
    assert [text.index(f"## {one}") for one in (*ORDER[:2], found.title)] == sorted(
        text.index(f"## {one}") for one in (*ORDER[:2], found.title)
    )
    assert "![The longest wait of each day, without and with advice](promise/advice.svg)" in text
    assert (tmp_path / "promise" / "advice.svg").exists()
