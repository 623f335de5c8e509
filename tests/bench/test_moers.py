"""The fit to the hourly waits of Moers: what is read, and what the days so far say about the next hour."""

from bench.moers import HOURS, predicted, real


def test_days_with_every_hour_are_read_and_faults_of_the_source_left_out() -> None:
    days = real((2014, 2015))

    assert len(days) > 250
    assert all(len(day) == len(HOURS) and len(set(day)) > 1 for day in days)
    assert not set(days) & set(real((2016,)))


def test_the_day_that_fits_so_far_says_what_comes_next() -> None:
    quiet, crowded = (5.0, 8.0, 10.0, 12.0, 9.0), (20.0, 40.0, 60.0, 70.0, 65.0)

    assert 10.0 <= predicted([quiet, crowded], (6.0, 9.0)) < 12.0
    assert 58.0 < predicted([quiet, crowded], (19.0, 43.0)) <= 60.0


def test_a_day_that_nothing_fits_is_still_predicted() -> None:
    assert predicted([(5.0, 8.0, 10.0, 12.0, 9.0)], (500.0,)) == 8.0
