"""The process for what-if and advice, `python -P -m server.promises.second_worker`. `second` starts it, asks it and ends
it. It runs apart from the forecast, so that waits stay fresh while a supervisor asks. Another one, with a niceness of its own
(`second_worker PARENT NICE`), tries a rule. It dies with its node."""

import asyncio
import sys

from audio.child import die_with_parent, serve
from server.promises.aside import stands_aside

NICE = 15
"""The process's niceness: presses, boards, voices and the forecast go first."""


def main() -> None:
    die_with_parent(int(sys.argv[1]))
    stands_aside(int(sys.argv[2]) if len(sys.argv) > 2 else NICE)
    from server.log.redis_log import RedisLog
    from server.promises.studies import Studies

    loop, studies = asyncio.new_event_loop(), Studies(RedisLog)
    serve(lambda request: loop.run_until_complete(studies.answer(request)))


if __name__ == "__main__":
    main()
