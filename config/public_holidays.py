"""The public holidays of a country or of one of its states, as the package `holidays` knows them.

They become dates of the office as its file is read, so that the log holds what every node closed on, whatever release it runs.
"""

from functools import cache

FIRST, LAST = 2026, 2045
"""The years whose holidays are reckoned: always the same ones, so that a file says the same in every year in which it is read."""


@cache
def public_holidays(state: str) -> tuple[str, ...] | None:
    """Dates in order. `state`: an ISO 3166 code such as "DE-BW", or "LU" for all of a country; None if none is known by it.

    Holidays of single municipalities are not among them (in Bavaria the 15th of August, in Saxony and Thuringia Corpus Christi).
    """
    from holidays import country_holidays  # a tenth of a second, and few files need it

    country, _, part = state.partition("-")
    try:
        found = country_holidays(country, subdiv=part or None, years=range(FIRST, LAST + 1))
    except NotImplementedError:
        return None
    return tuple(day.isoformat() for day in sorted(found))
