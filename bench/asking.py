"""Somebody at a supervisor's table who asks again as soon as the answer is there, in a process of their own: their browser is
not the server's machine, and must not wait for whoever presses there.

Run as `python -m bench.asking PORT OFFICE QUESTION`, driven by `asking`; the token comes on stdin. QUESTION is `what-if` or
`advice`. It says "asked" when the first answer is there, and when stdin ends, how many there were.
"""

import contextlib
import http.client
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.office_file import SERVICES
from bench.running import OFFICE, Server

NICE = 19
MOVES = ({"type": "open_service", "service": SERVICES[0]}, {"type": "pause_counter", "counter": "5"})
QUESTIONS: dict[str, tuple[str, str, Any]] = {
    "what-if": ("POST", "what-if", {"moves": MOVES}),
    "advice": ("GET", "advice?fresh=1", None),
}


class Asking:
    """`answers`: how many there were, once it has ended."""

    answers = 0


@contextmanager
def asking(server: Server, token: str, question: str) -> Iterator[Asking]:
    command = [sys.executable, "-m", "bench.asking", str(server.port), OFFICE, question]
    said = Asking()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(token + "\n")
            assert process.stdout.readline() == "asked\n", f"no answer to {question}"
            yield said
        finally:
            process.stdin.close()
            said.answers = int(process.stdout.readline() or 0)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def main(port: str, office: str, question: str) -> None:
    os.nice(NICE)
    token = sys.stdin.readline().strip()
    method, path, body = QUESTIONS[question]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    line = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
    answers = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        line.request(method, f"/api/v1/offices/{office}/{path}", None if body is None else json.dumps(body), headers)
        answer = line.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise RuntimeError(said.decode())
        answers += 1
        if answers == 1:
            print("asked", flush=True)
    print(answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
