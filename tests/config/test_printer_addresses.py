"""Whichever address of a printer an office file may have, an agent can use it, and what was printed there can be deleted."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from config.limits import ADDRESS
from config.loader import Reading, read
from server.messages.addresses import folder_of
from server.messages.office import Printer
from server.ticket_pictures import present
from tests.config.conftest import SERVICES
from ticket_printer.address import printer_at

ODD = ["file://[x", "file:?a", "file:#a", "file://", "file:a%00b", f"file:{'x' * 300}", "tcp://[:::]:9100", "tcp://a:0"]
FINE = ["file:tickets", "file:///var/spool/tickets", "file:Wartemarken%20Süd", "file:../aus", "tcp://10.0.0.9:9100"]
TAILS = st.text(
    st.sampled_from("a/[]:?#%0@.\\ü ") | st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=9
)


def loaded(address: str, kind: str = "") -> Reading:
    kind = kind or ("file" if address.startswith("file:") else "escpos")
    printer = f'id = "p"\nname = "P"\nkind = "{kind}"\naddress = {json.dumps(address, ensure_ascii=False)}\n'
    with TemporaryDirectory() as folder:
        file = Path(folder) / "amt.toml"
        text = f'[office]\nid = "amt"\nname = "Amt"\n{SERVICES}[[counters]]\nid = "1"\n[[printers]]\n{printer}'
        file.write_text(text, encoding="utf-8")
        return read(file)


@settings(max_examples=200)
@given(
    st.from_regex(ADDRESS.regex, fullmatch=True).filter(bool)
    | TAILS.map("file:{}".format)
    | st.sampled_from(ODD + FINE)
)
def test_what_check_lets_through_can_be_printed_to_and_deleted(address: str) -> None:
    office = loaded(address).office
    if office is not None:
        printer_at(office.printers[0].address)
        assert len(present(office)) == address.startswith("file:")


@pytest.mark.parametrize("address", ODD)
def test_an_address_that_leads_nowhere_is_a_fault(address: str) -> None:
    assert [fault.table for fault in loaded(address).faults] == ["printers"]


@pytest.mark.parametrize("address", FINE)
def test_usual_addresses_are_none(address: str) -> None:
    assert loaded(address).faults == ()


@pytest.mark.parametrize("kind", ["browser", "cloudprnt", "direct_print"])
def test_a_printer_that_nobody_goes_to_has_no_address(kind: str) -> None:
    assert loaded("", kind).faults == ()
    assert ["must be left out" in fault.reason for fault in loaded("tcp://10.0.0.9:9100", kind).faults] == [True]


def test_an_address_that_an_earlier_release_let_through_costs_only_its_own_printer() -> None:
    """It may stand in a log; the other printers of the node are served, and their pictures deleted."""
    wrong, right = (Printer(id=name, name=name, kind="file", address=name) for name in ("file://[x", "file:tickets"))

    office = loaded("file:tickets").office
    assert office is not None

    assert present(replace(office, printers=(wrong, right))) == {"tickets"}
    assert folder_of("tcp://10.0.0.9:9100") is None
