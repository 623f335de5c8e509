"""The page about OWASP ASVS is current: each chapter on it names tests that there are."""

from scripts.asvs import CHAPTERS, REPORT, report


def test_the_page_is_what_the_tests_say() -> None:
    assert REPORT.read_text(encoding="utf-8") == report(), "run make conformance"


def test_every_chapter_has_a_test() -> None:
    assert [one.numbers for one in CHAPTERS if not one.tests] == []
