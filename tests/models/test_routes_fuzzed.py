"""Every route of the OpenAPI document with every role, by schemathesis: no 5xx, and no answer that the document lacks."""

import secrets
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.access.tokens import ROLES
from server.messages.terms import Role
from tests.models.up import LIMIT_S, Up

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
FEW, MANY = 2, 25
"""Requests per route and role; many for routes that take commands."""
KNOWN: dict[str, list[str]] = {
    "office": ["mitte"],
    "board": ["display", "counter", "supervisor", "desk", "announcer", "kiosk", "printer", "station", "ticket"],
    "id": ["hall", "1", "entrance", "upstairs"],
    "counter": ["1", "2", "8"],
    "service": ["ausweis", "meldung", "kfz"],
    "services": ["ausweis", "kfz"],
    "to_service": ["meldung"],
    "zone": ["hall"],
    "kiosk": ["entrance"],
    "printer": ["entrance"],
}
"""What the sample office has: with these ids a request is not refused at once."""


@pytest.fixture(scope="module")
def document(up: Up) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{up.url}/api/v1/openapi.json", timeout=LIMIT_S).json()
    return found


@pytest.fixture(scope="module")
def known(up: Up) -> dict[str, list[str]]:
    """Ids that exist in the office, and two tickets with their links."""
    tickets = []
    for _ in range(2):
        press = {"type": "issue_ticket", "services": ["ausweis"]}
        headers = {**up.bearer("desk"), "Idempotency-Key": secrets.token_hex(8)}
        answer = httpx.post(f"{up.url}/api/v1/offices/mitte/commands", json=press, headers=headers, timeout=LIMIT_S)
        assert answer.status_code == 200, answer.text
        tickets.append(answer.json()["result"]["ticket"])
    return {**KNOWN, "ticket": [one["id"] for one in tickets], "secret": [one["secret"] for one in tickets]}


@pytest.mark.parametrize("role", [None, *sorted(ROLES)])
def test_no_request_of_any_role_is_a_fault(
    up: Up, document: dict[str, Any], known: dict[str, list[str]], role: Role | None
) -> None:
    schema = schemathesis.openapi.from_dict(document)
    headers = up.bearer(role) if role else {}
    faults: list[str] = []
    for found in schema.get_all_operations():
        operation = _sound(found)
        modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
        presses = operation.path.endswith("/commands")
        limits = settings(
            max_examples=MANY if presses else FEW,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )

        @limits
        @given(case=st.one_of(modes), data=st.data())
        def asked(case: Any, data: st.DataObject) -> None:
            case.path_parameters = _named(case.path_parameters, known, data)
            if isinstance(case.body, dict):
                case.body = _named(case.body, known, data)
            sent = {**headers, **_key(case, data)}
            answer = case.call(base_url=up.url, headers=sent, allow_redirects=False, timeout=LIMIT_S)
            case.validate_response(answer, checks=CHECKS)

        try:
            asked()
        except FailureGroup as group:
            faults.append(f"{operation.label}: {group}")
    assert not faults, "\n".join(faults)
    assert up.lives()


def _sound(found: Any) -> Any:
    """An operation of a document that has no faults."""
    return found.ok()


def _named(values: Any, known: dict[str, list[str]], data: st.DataObject) -> Any:
    """Usually ids that exist; sometimes the generated ones."""
    if not isinstance(values, dict):
        return values
    made = dict(values)
    for name in values.keys() & known.keys():
        if data.draw(st.integers(0, 4)):
            one = data.draw(st.sampled_from(known[name]))
            made[name] = [one] if name == "services" else one
    return made


def _key(case: Any, data: st.DataObject) -> dict[str, str]:
    """Most presses have a key."""
    if case.operation.path.endswith("/commands") and data.draw(st.integers(0, 4)):
        return {"Idempotency-Key": secrets.token_hex(8)}
    return {}
