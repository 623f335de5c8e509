"""Runs emupos' simulated receipt printer on a TCP port: `emupos_printer.py FOLDER TRAY`, in a process of its own.

Says `port N` when it listens and `paper N` for each paper, which lies as N.png in TRAY; understands `paper-out on|off`
and the other faults of emupos on its standard input. Bytes are read, answered and drawn by emupos alone.
"""

import __future__

import asyncio
import importlib
import re
import sys
import time
from importlib.abc import MetaPathFinder
from importlib.machinery import FileFinder, ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

from server.messages.instants import MINUTE


class OlderPython(SourceFileLoader):
    """Lets Python 3.11 read a package for 3.13: its type aliases become plain names, nothing else changes."""

    def source_to_code(self, data: Any, path: Any, **_: Any) -> CodeType:  # type: ignore[override]
        source = re.sub(r"^type (\w+) =", r"\1 =", bytes(data).decode(), flags=re.MULTILINE)
        source = re.sub(r"^def (\w+)\[\w+\]\(", r"def \1(", source, flags=re.MULTILINE)
        code: CodeType = compile(source, path, "exec", __future__.annotations.compiler_flag)
        return code


class Finder(MetaPathFinder):
    def __init__(self, folder: str) -> None:
        self._folder = folder

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if not fullname.startswith("emupos"):
            return None
        folder = "/".join([self._folder, *fullname.split(".")[:-1]])
        return FileFinder(folder, (OlderPython, [".py"])).find_spec(fullname)


class Printer:
    def __init__(self, tray: Path) -> None:
        config = importlib.import_module("emupos.config")
        module = importlib.import_module("emupos.printer.printer")
        self._fault = module.PrinterFault
        profile = config._load_profile("epson-tm-t20iii", "printer", tray)
        self._printer = module.Printer("p", profile, sensor_open_level="high", job_idle_timeout_ms=MINUTE)
        self._tray, self._count, self._connections = tray, 0, 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        name = str(self._connections)
        self._printer.open_connection(name, time.monotonic())
        while data := await reader.read(4096):
            output = self._printer.receive(name, data, time.monotonic())
            for write in output.writes:
                writer.write(write.data)
            self._take(output)
        self._take(self._printer.close_connection(name, time.monotonic()))
        writer.close()

    def _take(self, output: Any) -> None:
        for event in output.events:
            say(f"event {event.type} {dict(event.data)}")
        for receipt in output.receipts:
            self._count += 1
            (self._tray / f"{self._count}.png").write_bytes(receipt.png)
            say(f"paper {self._count} {receipt.boundary}")

    def order(self, line: str) -> None:
        fault, state = line.split()
        self._take(self._printer.set_fault(self._fault(fault), state == "on", time.monotonic()))
        say(f"done {line.strip()}")


def say(line: str) -> None:
    print(line, flush=True)


async def main(folder: str, tray: Path) -> None:
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, Finder(folder))
    printer = Printer(tray)
    server = await asyncio.start_server(printer.talk, "127.0.0.1", 0)
    say(f"port {server.sockets[0].getsockname()[1]}")
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        printer.order(line)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
