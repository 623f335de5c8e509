"""One ticket over every interface: the story that all other tests refine."""

from tests.web.conftest import House


async def test_issue_call_display_phone(house: House) -> None:
    async with house.talk("display", "hall") as wall:
        first = await wall.shown()
        assert first["board"]["calls"] == []

        ticket = await house.ticket()
        async with house.talk("ticket", ticket["secret"]) as phone:
            assert (await phone.shown())["board"]["state"] == "waiting"
            called = await house.call("1")

            assert called["result"]["ticket"]["number"] == ticket["number"]
            shown = await wall.shown(lambda board: bool(board["calls"]))
            assert shown["board"]["calls"][0]["number"] == ticket["number"]
            assert shown["board"]["calls"][0]["counter"]["id"] == "1"
            assert shown["seq"] == called["seq"]
            told = await phone.shown(lambda board: board["state"] == "called")
            assert told["board"]["counter"]["label"] == "Schalter 1"
