"""The report about EN 301 549 is current, and says what the accessibility statement says."""

from scripts.conformance import REPORT, ROWS, report
from scripts.requirements import REQUIREMENTS, proofs
from server.web.routes.statement import GAPS


def test_the_report_is_what_the_tests_say() -> None:
    assert REPORT.read_text(encoding="utf-8") == report(), "run make conformance"


def test_people_are_told_of_every_gap_and_of_no_other() -> None:
    assert sorted(row.gap for row in ROWS if row.gap) == sorted(GAPS)


def test_every_requirement_is_proved_looked_at_or_missing() -> None:
    assert [row.what for row in ROWS if not (row.tests or row.by_hand or row.gap)] == []


def test_what_we_require_of_ourselves_is_the_name_of_a_test_or_says_why_not() -> None:
    """R1 to R24: each that a machine can check has a test that begins with its number."""
    proved = proofs()
    unproved = {
        f"R{number}: {one.what}"
        for number, one in enumerate(REQUIREMENTS, 1)
        if not (proved.get(number) or one.by_hand or one.gap)
    }

    assert unproved == set()
    assert set(proved) <= set(range(1, len(REQUIREMENTS) + 1)), "a test names a requirement that is none"
    assert {one.gap for one in REQUIREMENTS if one.gap} <= set(GAPS)
