"""Real engines of televisions of 2019 and 2020: they find the plain wall by themselves, and it does there what it promises."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.conftest import House
from tests.web.old_engines import LACKING, OldPage, old_page
from tests.web.test_plain_in_browser import OUTSIDE, WALL

pytestmark = pytest.mark.browser


@pytest.fixture(params=LACKING)
async def page(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[OldPage]:
    if reason := LACKING[request.param]:
        pytest.skip(reason)
    async with old_page(request.param, tmp_path) as page:
        yield page


GROUND = """(function () {
  var slip = document.querySelector('.ticket');
  return getComputedStyle(slip).backgroundColor !== 'rgba(0, 0, 0, 0)'
    || parseFloat(getComputedStyle(slip, '::before').height) > 50;
})()"""
"""Whether the dark slip is there on which the bright number stands."""


def shows(number: str) -> str:
    return f"Array.from(document.querySelectorAll('.row .number')).some(e => e.textContent.trim() === '{number}')"


async def test_an_old_engine_goes_to_the_plain_wall_and_shows_each_call_at_once(house: House, page: OldPage) -> None:
    await page.open(f"{house.url}{WALL}")
    await page.until(f"location.pathname === '{WALL}/plain' && !!document.querySelector('#board')")
    for counter in ("1", "2", "3", "4"):
        ticket = await house.ticket("ausweis")
        await house.press("supervisor", type="assign_counter", counter=counter, services=["ausweis"])
        await house.call(counter)
        await page.until(shows(ticket["number"]))

        assert await page.ask(f"({OUTSIDE})()") == [], f"call at {counter}"
    await page.picture("old-wall-" + (await page.ask("navigator.userAgent")).split("Chrome/")[1][:2])
    assert f"Schalter {counter}" in await page.ask("document.querySelector('.row.fresh').innerText")
    assert ticket["number"] in await page.ask("document.querySelector('.row.fresh').innerText")


async def test_an_old_engine_says_that_it_is_cut_off_and_comes_back_by_itself(house: House, page: OldPage) -> None:
    cut = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    await page.open(f"{house.url}{WALL}/plain")
    await page.do("Network.enable")
    await page.do("Network.emulateNetworkConditions", offline=True, **cut)
    await page.until("!document.getElementById('alert').hidden")
    assert "Bitte am Empfang fragen." in await page.ask("document.getElementById('alert').innerText")
    ticket = await house.ticket()
    await house.call("1")

    await page.do("Network.emulateNetworkConditions", offline=False, **cut)
    await page.until(f"document.getElementById('alert').hidden && {shows(ticket['number'])}")


async def test_an_old_engine_is_set_up_like_a_television(house: House, page: OldPage) -> None:
    await page.open(f"{house.url}/pair")
    await page.until("/^[A-Z0-9]{3}\\s*[A-Z0-9]{3}$/.test(document.getElementById('code').innerText.trim())")
    code = (await page.ask("document.getElementById('code').textContent")).replace(" ", "").replace("\n", "")
    answer = await house.client.post(
        f"/api/v1/offices/mitte/pairings/{code}",
        json={"kind": "display", "id": "hall", "name": "Halle"},
        headers=await house.bearer("supervisor"),
    )
    assert answer.status_code == 200, answer.text

    await page.until(f"location.pathname === '{WALL}/plain'")


async def test_an_old_phone_shows_number_and_state_and_takes_the_acts(house: House, page: OldPage) -> None:
    """By script or, where it cannot run, by what the server drew."""
    ticket = await house.ticket()
    await page.open(f"{house.url}/t/{ticket['secret']}?lang=de")
    await page.until(f"document.querySelector('main .number').innerText === '{ticket['number']}'")
    acts = "Array.from(document.querySelectorAll('main button, main summary')).filter(one => one.offsetHeight > 0)"
    await page.until(f"{acts}.length > 1")
    assert await page.ask(GROUND)

    await page.picture("old-phone-" + (await page.ask("navigator.userAgent")).split("Chrome/")[1][:2])
    await page.ask(f"{acts}.filter(one => /Minuten mehr Zeit/.test(one.innerText))[0].click()")
    await page.until("/Pause bis/.test(document.querySelector('main .state').innerText)")
    assert (await house.client.get(f"/api/v1/tickets/{ticket['secret']}")).json()["state"] == "away"
