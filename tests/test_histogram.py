"""A histogram counts as Prometheus wants it: every bucket holds all values up to its bound, the bound itself included."""

from server.histogram import Histogram


def test_each_bucket_holds_what_is_not_above_its_bound() -> None:
    found = Histogram((0.1, 1.0))
    for value in (0.05, 0.1, 0.5, 1.0, 7.0):
        found.note(value)

    assert list(found.buckets()) == [("0.1", 2), ("1.0", 4), ("+Inf", 5)]
    assert found.sum == 8.65
