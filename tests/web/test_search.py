"""`GET tickets` and the board `line`: what the short lists of staff boards leave out."""

import pytest

from tests.web.conftest import House

PATH = "/api/v1/offices/mitte/tickets"


async def test_staff_find_a_ticket_as_people_say_its_number(house: House) -> None:
    tickets = [await house.ticket("ausweis") for _ in range(3)]
    other = await house.ticket("kfz")
    headers = await house.bearer("desk")
    answer = await house.client.get(PATH, params={"query": "a 002"}, headers=headers)

    assert answer.status_code == 200
    found = answer.json()
    assert (found["total"], [one["id"] for one in found["tickets"]]) == (1, [tickets[1]["id"]])
    assert answer.headers["aufruf-seq"] == str(house.desk.state.seq)
    for query in ("kfz", "wartet", "waiting", ""):
        found = (await house.client.get(PATH, params={"query": query}, headers=headers)).json()
        assert other["id"] in [one["id"] for one in found["tickets"]], query


async def test_the_rest_of_a_list_is_read_page_by_page(house: House) -> None:
    for _ in range(25):
        await house.ticket("ausweis")
    headers = await house.bearer("clerk")
    board = (await house.client.get("/api/v1/offices/mitte/boards/counter/1", headers=headers)).json()
    params = {"state": "waiting", "counter": "1", "offset": "20", "limit": "3"}
    rest = (await house.client.get(PATH, params=params, headers=headers)).json()

    assert (len(board["queue"]), board["waiting_total"], rest["total"]) == (20, 25, 25)
    assert len(rest["tickets"]) == 3
    assert not {one["id"] for one in rest["tickets"]} & {one["id"] for one in board["queue"]}
    async with house.talk("line", "ausweis", token=await house.token("clerk")) as talk:
        line = (await talk.shown())["board"]
        assert [one["id"] for one in line["tickets"]][:20] == [one["id"] for one in board["queue"]]
        assert (len(line["tickets"]), line["waiting_total"]) == (25, 25)
    async with house.talk("line", "nothing", token=await house.token("clerk")) as talk:
        assert await talk.closed() == 4404


@pytest.mark.parametrize(
    ("params", "status", "field"),
    [
        ({"query": "x" * 101}, 422, "query"),
        ({"state": "finished"}, 422, "state"),
        ({"limit": "501"}, 422, "limit"),
        ({"offset": "-1"}, 422, "offset"),
        ({"issued": "10:15"}, 422, "issued"),
        ({"counter": "nowhere"}, 404, None),
    ],
)
async def test_bad_questions_name_their_field(
    house: House, params: dict[str, str], status: int, field: str | None
) -> None:
    answer = await house.client.get(PATH, params=params, headers=await house.bearer("desk"))

    assert answer.status_code == status
    if field is not None:
        assert [one["field"] for one in answer.json()["errors"]] == [field]
