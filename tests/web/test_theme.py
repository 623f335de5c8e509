"""An office's own colours are on all that citizens see; `check` names those that are hard to read."""

import re

from msgspec.structs import replace

from config.loader import load
from config.office_files import find
from server.messages.office import Colours, Office, Theme
from server.trial import trial
from server.web.palette import sheet
from tests.web.conftest import House

OWN = Theme(walls="paper", night=Colours(ground="#101418"), paper=Colours(act="#7a1f4e", ink_soft="#333333"))
LINK = "href='/static/theme/mitte.css'"


def wearing(theme: Theme) -> Office:
    return replace(load(find("mitte")), theme=theme)


async def test_the_colours_of_the_office_are_on_all_that_citizens_see(house: House) -> None:
    ticket = await house.ticket()
    pages = ["/display/mitte/hall", "/display/mitte/hall/plain", "/kiosk/mitte/entrance", f"/t/{ticket['secret']}"]
    pages.append("/accessibility/mitte")
    kiosk = await house.bearer("kiosk", "entrance")
    for path in pages:
        assert LINK not in (await house.client.get(path, headers=kiosk if "kiosk" in path else {})).text

    desk = house.site.desks["mitte"]
    desk.state.office = replace(desk.state.office, theme=OWN)
    for path in pages:
        page = (await house.client.get(path, headers=kiosk if "kiosk" in path else {})).text
        assert page.index("/tokens.css") < page.index(LINK), path
        assert re.search(r'data-theme="(\w+)"', page)[1] == "paper", path  # type: ignore[index]
    answer = await house.client.get("/static/theme/mitte.css")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.text == sheet(OWN)


def test_a_sheet_names_only_what_was_chosen() -> None:
    assert sheet(Theme()) == ""
    assert sheet(OWN) == (
        '[data-theme="paper"] {\n  --ink-soft: #333333;\n  --act: #7a1f4e;\n}\n[data-theme="night"] {\n  --ground: #101418;\n}\n'
    )


def test_check_measures_every_pair_by_both_rules() -> None:
    assert [path for path, _ in trial(wearing(OWN), list) if path.startswith("theme")] == []

    grey = Theme(night=Colours(ink="#7a8288"), paper=Colours(slip_ink="#8a8a8a"))
    found = [reason for path, reason in trial(wearing(grey), list) if path == "theme.night.ink"]
    assert any(
        re.fullmatch(r"contrast of ink \(#7a8288\) on ground .* is 4\.\d\d, at least 7 is needed", one) for one in found
    )
    dim = Theme(night=Colours(slip="#7a7a7a"))
    found = [reason for path, reason in trial(wearing(dim), list) if path == "theme.night.slip"]
    assert any(one.startswith("luminance contrast K of slip-ink") for one in found)
