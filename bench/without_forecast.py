"""`python -m bench.without_forecast up ...`: the command line of the product, with nobody who forecasts.

Used by `forecast`, to measure what a forecast costs the presses beside it.
"""

from server.command_line import main
from server.promises.keeper import Keeper


async def _nobody(self: Keeper) -> None:
    return


if __name__ == "__main__":
    Keeper.start = _nobody  # type: ignore[method-assign]
    main()
