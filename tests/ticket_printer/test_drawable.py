"""Whatever an office wrote, the paper is printed: characters in no font are left out, and an empty name is replaced."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ticket_printer.drawable import drawable
from ticket_printer.faces import MissingGlyph
from ticket_printer.picture import picture
from ticket_printer.ticket import PaperOffice, PaperTicket, said

Ticket = Callable[..., PaperTicket]


def test_a_ticket_that_can_be_drawn_stays_as_it_is(a_ticket: Ticket) -> None:
    ticket = a_ticket()

    assert drawable(ticket) == (ticket, "")


def test_the_sign_is_left_out_and_the_name_stays(a_ticket: Ticket) -> None:
    clean, lost = drawable(a_ticket(services=[{"de": "Reisepass 🛂"}]))

    assert clean.services == [{"de": "Reisepass"}]
    assert lost == "🛂"


def test_a_name_in_another_script_is_said_in_the_offices_language(a_ticket: Ticket) -> None:
    clean, _ = drawable(a_ticket(services=[{"de": "Wohnung anmelden", "zh": "户口登记"}], language="zh"))

    assert said(clean, clean.services[0], "zh") == "Wohnung anmelden"


def test_a_number_is_never_changed(a_ticket: Ticket) -> None:
    clean, _ = drawable(a_ticket(number="漢017"))

    with pytest.raises(MissingGlyph):
        picture(clean)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=60), office=st.text(max_size=40), text=st.text(max_size=80), paper=st.text(max_size=40))
def test_any_text_of_unicode_comes_out_on_paper(
    a_ticket: Ticket, name: str, office: str, text: str, paper: str
) -> None:
    ticket = a_ticket(
        services=[{"de": name}], office=PaperOffice(office), text={"de": text}, papers={"de": [paper]}, language="de"
    )

    assert picture(drawable(ticket)[0], 58).width > 0
