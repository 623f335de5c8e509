"""What a printer reports about itself."""

import pytest

from ticket_printer.status_bytes import Sifter, is_confirmation, is_status, state_of
from ticket_printer.transport import PrinterState, Reason, trouble


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ("12121212", "ok"),
        ("1212121e", "paper_low"),
        ("1a32127e", "paper_out"),
        ("12121272", "paper_out"),
        ("1a161212", "cover_open"),
        ("1a36127e", "cover_open"),
        ("1a521a12", "cutter"),
        ("1a523212", "error"),
        ("12125212", "error"),
        ("1a121212", "offline"),
    ],
)
def test_four_answers_say_how_a_printer_is(answers: str, state: PrinterState) -> None:
    assert all(is_status(byte) for byte in bytes.fromhex(answers))
    assert state_of(bytes.fromhex(answers)) == state


def test_what_a_printer_says_unasked_is_no_answer() -> None:
    """Automatic Status Back and flow control, split anywhere by the network."""
    said = bytes.fromhex("11 10000f0f 12 13 1800600f 16 14 00")
    sifter = Sifter()

    assert b"".join(sifter.feed(bytes((byte,))) for byte in said) == b"\x12\x16"
    assert Sifter().feed(said) == b"\x12\x16"


def test_a_broken_off_status_swallows_no_later_answer() -> None:
    assert Sifter().feed(b"\x10\x00\x12") == b"\x12"


@pytest.mark.parametrize("byte", [0x00, 0x03, 0x0C, 0x0F])
def test_the_answer_behind_the_data_is_none_to_a_real_time_question(byte: int) -> None:
    assert is_confirmation(byte)
    assert not is_status(byte)


@pytest.mark.parametrize(
    ("state", "reason"), [("ok", None), ("paper_low", None), ("no_status", None), ("paper_out", "paper_out")]
)
def test_only_some_states_refuse_a_ticket(state: PrinterState, reason: Reason | None) -> None:
    assert trouble(state) == reason
