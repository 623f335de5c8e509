"""The public holidays of a federal state, held against days that its laws name, and what they close."""

from collections.abc import Callable
from datetime import date

import pytest

from config.loader import Reading
from config.public_holidays import LAST, public_holidays
from server.messages.office import Hours
from server.office import hours

ReadText = Callable[[str], Reading]

EVERYWHERE = (
    "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-17", "2027-10-03", "2027-12-25", "2027-12-26",
)  # fmt: skip
"""New Year, Good Friday, Easter Monday, 1 May, Ascension, Whit Monday, German Unity, Christmas: in all 16 states."""
EPIPHANY, WOMEN, CORPUS_CHRISTI, ASSUMPTION = "2027-01-06", "2027-03-08", "2027-05-27", "2027-08-15"
CHILDREN, REFORMATION, ALL_SAINTS, PRAYER = "2027-09-20", "2027-10-31", "2027-11-01", "2027-11-17"
EASTER, WHITSUN = "2027-03-28", "2027-05-16"
OF_STATES = {
    "BW": (EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS), "BY": (EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS),
    "BE": (WOMEN,), "BB": (EASTER, WHITSUN, REFORMATION), "HB": (REFORMATION,), "HH": (REFORMATION,), "HE": (CORPUS_CHRISTI,),
    "MV": (WOMEN, REFORMATION), "NI": (REFORMATION,), "NW": (CORPUS_CHRISTI, ALL_SAINTS), "RP": (CORPUS_CHRISTI, ALL_SAINTS),
    "SL": (CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS), "SN": (REFORMATION, PRAYER), "ST": (EPIPHANY, REFORMATION),
    "SH": (REFORMATION,), "TH": (CHILDREN, REFORMATION),
}  # fmt: skip
"""From the holiday laws of the states, for 2027."""


@pytest.mark.parametrize("state", OF_STATES)
def test_the_holidays_of_each_federal_state(state: str) -> None:
    found = public_holidays(f"DE-{state}")

    assert found is not None
    assert [day for day in found if day.startswith("2027")] == sorted((*EVERYWHERE, *OF_STATES[state]))
    assert found[-1] == f"{LAST}-12-26"


def test_other_countries_and_none() -> None:
    assert "2027-06-23" in (public_holidays("LU") or ())
    assert public_holidays("XX") is None


def test_an_office_is_closed_on_them_unless_its_hours_name_the_day(small: str, read_text: ReadText) -> None:
    text = small.replace("[holidays]", '[holidays]\nstate = "DE-SN"')
    reading = read_text(text)

    office = reading.office
    assert office is not None
    assert office.holidays == ("2026-12-25",)
    assert "2027-11-17" in office.public_holidays
    week = Hours(
        week={"mon": (("08:00", "12:00"),), "wed": (("08:00", "12:00"),)}, days={"2027-05-17": (("09:00", "10:00"),)}
    )
    assert hours.spans(office, week, date(2027, 11, 17)) == []
    assert len(hours.spans(office, week, date(2027, 11, 24))) == 1
    assert len(hours.spans(office, week, date(2027, 5, 17))) == 1
    assert hours.spans(office, week, date(2027, 3, 29)) == []
    assert [one.value for one in reading.sources if one.key == "holidays.state"] == ["DE-SN"]
