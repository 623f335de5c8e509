"""The process that forecasts, `python -P -m server.promises.worker`. `keeper` starts it, asks it and ends it. It dies with
its node."""

import asyncio
import os
import sys

from audio.child import die_with_parent, serve

NICE = 10
"""The process's niceness: presses, boards and voices go first."""


def main() -> None:
    die_with_parent(int(sys.argv[1]))
    os.nice(NICE)  # before NumPy and SciPy are imported, which takes half a second of work
    from server.log.redis_log import RedisLog
    from server.promises.runs import Runs

    loop, runs = asyncio.new_event_loop(), Runs(RedisLog)
    serve(lambda request: loop.run_until_complete(runs.answer(request)))


if __name__ == "__main__":
    main()
