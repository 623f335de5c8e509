"""The report about EN 301 549 is current, and says what the accessibility statement says."""

from scripts.conformance import REPORT, ROWS, report
from server.web.routes.statement import GAPS


def test_the_report_is_what_the_tests_say() -> None:
    assert REPORT.read_text(encoding="utf-8") == report(), "run make conformance"


def test_people_are_told_of_every_gap_and_of_no_other() -> None:
    assert sorted(row.gap for row in ROWS if row.gap) == sorted(GAPS)


def test_every_requirement_is_proved_looked_at_or_missing() -> None:
    assert [row.what for row in ROWS if not (row.tests or row.by_hand or row.gap)] == []
