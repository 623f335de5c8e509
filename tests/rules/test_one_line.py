"""There is one way from a program of ours to the server: `device_line`, of which `aufruf_client` is made for others."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.rules.test_import_table import within

if TYPE_CHECKING:
    from tests.rules.conftest import Module

OUTSIDE = (
    "aufruf_client",
    "audio",
    "booking",
    "counter_client",
    "device_line",
    "displays",
    "mqtt_outbox",
    "server.rehearsal",
    "supervisor",
    "ticket_printer",
)
"""What runs beside the server, or on another machine, and speaks to it as anybody may."""
AGENTS = {
    "audio.announcer": "device_line.line.Line",
    "counter_client.terminal": "device_line.line.Line",
    "counter_client.press": "device_line.presses.Press",
    "ticket_printer.running": "device_line.line.Line",
    "ticket_printer.handing_in": "device_line.presses.keyed",
    "mqtt_outbox.outbox": "aufruf_client.Client",
    "server.rehearsal.contract": "aufruf_client.client.Client",
    "aufruf_client.client": "device_line.line.Line",
}
"""By agent, what it takes from the one implementation."""


def outside(modules: list[Module]) -> list[Module]:
    return [module for module in modules if within(module.name, OUTSIDE)]


def texts(module: Module) -> set[str]:
    return {
        node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_agent_takes_its_line_from_there(modules: list[Module]) -> None:
    imports = {module.name: module.imports for module in modules}

    assert [name for name, taken in AGENTS.items() if taken not in imports[name]] == []


def test_only_the_line_opens_sockets_to_the_server(modules: list[Module]) -> None:
    """Another one would not know how to come back after a loss, whom to trust, or when silence means that the line is dead."""
    opens = {module.name for module in outside(modules) if any(one.startswith("websockets") for one in module.imports)}

    assert {name for name in opens if not within(name, ("device_line",))} == {"server.rehearsal.watch"}, (
        "the demo's crowd"
    )
    assert "device_line.line" in opens


def test_only_the_line_says_by_which_key_a_press_counts(modules: list[Module]) -> None:
    said = {module.name for module in outside(modules) if "Idempotency-Key" in texts(module)}

    assert said == {"device_line.presses"}


def test_what_others_get_is_what_our_agents_hold(modules: list[Module]) -> None:
    """The client has no frames, back-off or trust of its own: it imports neither TLS nor the frames that make a line."""
    of_client = {name for module in modules if within(module.name, ("aufruf_client",)) for name in module.imports}

    assert {name for name in of_client if name.split(".")[0] in ("ssl", "websockets", "socket", "random")} == set()
    assert {name.rsplit(".", 1)[1] for name in of_client if name.startswith("server.messages.frames.")} == {
        "Board",
        "FromServer",
    }
