"""No secret and no address of a person is ever written to a log: tokens, links, cookies, passwords, IPs."""

import logging

import pytest

from tests.web.conftest import House


async def test_logs_hold_no_secrets(
    house: House, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Everything that can go wrong with each kind of secret; then the logs are searched for each of them."""
    caplog.set_level(logging.DEBUG)
    password = "kein gutes Geheimnis hier"
    account = await house.site.access.accounts.create("geheimname", password, [("admin", "")])
    cookie = house.site.access.sessions.begin(account)
    ticket, token, first = await house.ticket(), await house.token("clerk"), "aufruf_" + "f" * 43
    bad = "aufruf_" + "b" * 43
    secrets = [password, cookie, ticket["secret"].rsplit(".")[-1], token, first, bad, "geheimname", "203.0.113.77"]
    far = {"X-Forwarded-For": "203.0.113.77", "User-Agent": "geheimname"}

    for path in (f"/t/{ticket['secret']}", f"/t/{ticket['secret']}x", f"/first/{first}", f"/api/v1/tickets/{bad}"):
        await house.client.get(path, headers=far)
        await house.client.get(path, headers={**far, "Accept": "text/html"})
    for bearer in (token, bad):
        await house.client.post("/api/v1/offices/mitte/commands", headers={"Authorization": f"Bearer {bearer}"})
    form = {"account": "geheimname", "password": password[:-1] + "x"}
    await house.client.post("/sign-in", data=form, headers={"Origin": house.url})
    await house.client.get("/", headers={"Cookie": f"aufruf={cookie}"})
    for hello in ({"board": "ticket", "id": ticket["secret"] + "x"}, {"board": "counter", "id": "1", "token": bad}):
        async with house.talk(**hello) as talk:
            await talk.closed()
    async with house.talk("counter", "1", token=token) as talk:
        await talk.press("k", type="call_next", counter="1", token=bad)
    house.site.notes.get = None  # type: ignore[method-assign, assignment]  # a fault inside a route, with the secret in the caller's hands
    note = f"/api/v1/offices/mitte/tickets/{ticket['id']}/note"
    answer = await house.client.get(note, headers={"Authorization": f"Bearer {token}", **far})

    assert answer.json()["code"] == "fault"
    assert "NoneType" not in answer.text
    written = capsys.readouterr().out
    # pytest gives its own handler to uvicorn's access log, which otherwise has none and writes nothing
    foreign = ("httpx", "httpcore", "websockets", "uvicorn.access", "aiosqlite", "asyncio")
    written += "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith(foreign))
    assert '"event": "a request failed"' in written
    for secret in secrets:
        assert secret not in written, secret
