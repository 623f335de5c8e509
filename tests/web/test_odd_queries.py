"""Whatever is in the query of an address, there is a complete answer, and no line of a fault in the log."""

import ast
from pathlib import Path
from urllib.parse import quote

import pytest

import server.web
from tests.web.conftest import House

ODD = ["", "-1", "9" * 5_000, "٣", "1.5", "1e9", "nan", "\0", "\ud800", "a\r\nb", "%", "../..", "x" * 4_000, "😀" * 500]
OWN = {
    "office": "mitte",
    "board": "display",
    "id": "hall",
    "secret": "none",
    "key": "none",
    "language": "de",
    "service": "pass",
}
READING = "reading.py"


async def test_an_odd_value_is_answered_and_raises_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    ways = [way for way in house.ways if way.query and way.method == "GET"]
    await house.ticket()
    staff = await house.bearer("supervisor")
    wrong = []
    for way in ways:
        path = way.path.format(**OWN)
        for name in (one.name for one in way.query):
            for value in ODD:
                said = quote(value, safe="", errors="surrogatepass")
                answer = await house.client.get(f"{path}?{name}={said}", headers=staff)
                if answer.status_code >= 500:
                    wrong.append(f"{path}?{name}={value[:20]!r}: {answer.status_code}")

    assert len(ways) >= 4
    assert wrong == []
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


def test_what_a_request_says_in_digits_is_read_in_one_place() -> None:
    """`int` raises for 4,301 digits; `reading.number` has a bound."""
    files = sorted(Path(server.web.__path__[0]).rglob("*.py"))
    found = [
        f"{file.name}:{node.lineno}"
        for file in files
        if file.name != READING
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "int"
        and not isinstance(node.args[0], ast.BinOp)
    ]

    assert [one for one in found if not one.startswith("awake.py")] == [], "read it with reading.number"
