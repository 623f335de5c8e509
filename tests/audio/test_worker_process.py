"""A worker's child may do anything: the caller gets an answer or a reason in time, and the next job gets a good process."""

import asyncio
import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from audio.processes import end, start, tell
from audio.worker import Worker, WorkerFault

FAULTY = "tests.audio.faulty_process"
SOON = 10.0
ROOT = Path(__file__).resolve().parents[2]


def gone(pid: int) -> bool:
    """Whether this process has ended, or ends soon."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ended, _, _ = select.select([watched], [], [], SOON)
    os.close(watched)
    return bool(ended)


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    worker = Worker(FAULTY)
    yield worker
    await worker.close()


async def test_answers_what_it_was_asked(worker: Worker) -> None:
    assert await worker.ask(b"echo " + b"x" * 1_000_000, SOON) == b"x" * 1_000_000


async def test_is_started_once(worker: Worker) -> None:
    assert worker.pid is None
    assert [await worker.ask(b"count", SOON) for _ in range(3)] == [b"1", b"2", b"3"]


async def test_many_ask_at_once_and_each_gets_its_own_answer(worker: Worker) -> None:
    asked = [b"number %d" % n for n in range(50)]

    assert await asyncio.gather(*(worker.ask(b"echo " + text, SOON) for text in asked)) == asked


async def test_what_a_library_prints_does_not_spoil_the_answers(worker: Worker) -> None:
    assert await worker.ask(b"print hello", SOON) == b"hello"
    assert await worker.ask(b"echo still", SOON) == b"still"


async def test_a_fault_of_the_job_is_told_and_the_process_lives(worker: Worker) -> None:
    with pytest.raises(WorkerFault, match="ValueError: odd text") as fault:
        await worker.ask(b"raise odd text", SOON)

    assert fault.value.reason == "fault"
    assert await worker.ask(b"count", SOON) == b"2"


@pytest.mark.parametrize(
    ("request_", "limit", "reason"),
    [(b"crash", SOON, "died"), (b"garble", SOON, "garbled"), (b"boast", SOON, "garbled"), (b"hang", 0.5, "hung")],
)
async def test_a_broken_process_is_replaced(worker: Worker, request_: bytes, limit: float, reason: str) -> None:
    await worker.ask(b"count", SOON)
    first = worker.pid

    with pytest.raises(WorkerFault) as fault:
        await worker.ask(request_, limit)

    assert fault.value.reason == reason
    assert await worker.ask(b"count", SOON) == b"1"
    assert first is not None
    assert worker.pid != first
    assert gone(first)


async def test_one_killed_between_two_jobs_is_replaced(worker: Worker) -> None:
    await worker.ask(b"count", SOON)
    pid = worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert await asyncio.to_thread(gone, pid)

    # The end may be noticed only by whoever writes first.
    with contextlib.suppress(WorkerFault):
        await worker.ask(b"count", SOON)
    await worker.ask(b"count", SOON)
    assert worker.pid not in (None, pid)


async def test_one_that_ended_before_it_was_told_anything_is_a_broken_pipe() -> None:
    """Whatever exception the event loop raises: a caller who starts programs expects OSError."""
    process = await start("true", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    await process.wait()
    await end(process)

    with pytest.raises(OSError, match="closed"):
        tell(process, b"Nummer A017")


async def test_a_hung_job_does_not_spoil_those_in_line(worker: Worker) -> None:
    hung = asyncio.create_task(worker.ask(b"hang", 0.5))
    others = [asyncio.create_task(worker.ask(b"echo %d" % n, SOON)) for n in range(5)]

    with pytest.raises(WorkerFault, match="hung"):
        await hung
    assert await asyncio.gather(*others) == [b"0", b"1", b"2", b"3", b"4"]


async def test_a_cancelled_job_leaves_no_answer_for_the_next(worker: Worker) -> None:
    job = asyncio.create_task(worker.ask(b"hang", SOON))
    while worker.pid is None:
        await asyncio.sleep(0)
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)

    assert await worker.ask(b"echo mine", SOON) == b"mine"


async def test_one_that_cannot_start_says_what_is_missing() -> None:
    worker = Worker(FAULTY, "stillborn")

    with pytest.raises(WorkerFault, match="ImportError: no engine here"):
        await worker.ask(b"count", SOON)
    await worker.close()


async def test_close_ends_it_in_the_middle_of_a_job(worker: Worker) -> None:
    """As when a server is told to end while it learns: the job fails, and whoever closes notices nothing."""
    job = asyncio.create_task(worker.ask(b"hang", 600))
    while (pid := worker.pid) is None:
        await asyncio.sleep(0)
    await worker.close()

    assert gone(pid)
    with pytest.raises(WorkerFault, match="died"):
        await job


async def test_close_ends_it_and_a_later_job_starts_it_again(worker: Worker) -> None:
    await worker.ask(b"count", SOON)
    pid = worker.pid
    await worker.close()

    assert pid is not None
    assert gone(pid)
    assert await worker.ask(b"count", SOON) == b"1"


async def test_it_keeps_no_socket_of_ours(worker: Worker) -> None:
    """If a worker lived longer than the server and held its port, the next server could not start."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        os.set_inheritable(server.fileno(), True)
        kept = (await worker.ask(b"sockets", SOON)).decode().split()
        assert f"socket:[{os.fstat(server.fileno()).st_ino}]" not in kept
        assert len(kept) <= 2, "uvloop gives a child a socket each as stdin and stdout: no more than these"


PARENT = """
import asyncio, sys
from audio.worker import Worker
async def main():
    worker = Worker("tests.audio.faulty_process")
    await worker.ask(b"count", 10)
    busy = asyncio.create_task(worker.ask(b"hang", 60))
    print(worker.pid, flush=True)
    await busy
asyncio.run(main())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the parent-death signal is Linux's")
def test_nothing_is_left_after_sigkill_of_the_parent() -> None:
    """The child hangs in its job, so that it cannot notice the end of its stdin."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()

    assert gone(child)
