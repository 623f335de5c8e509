"""Writes docs/conformance.md: what of EN 301 549 is met, and by which test. Run by `make conformance`; a test keeps it current.

Each requirement names its tests, and the report says the sentence that is a test's name: so it says nothing that no test proves.
What no machine can tell is looked at by hand and says so; what is not met is a gap, as on the accessibility statement.
"""

import ast
from pathlib import Path
from typing import NamedTuple

from scripts.requirements import table

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs/conformance.md"
HEAD = """# What of EN 301 549 is met

Written by `make conformance` from the names of the tests below, which run with every change. The accessibility statement of an
office (`/accessibility/<office>`) says the same gaps. People with disabilities have not tested this release. A clause that is not
in this table was not looked at.

"""


class Row(NamedTuple):
    """`clause`: of EN 301 549 V3.2.1, in which 9.x is WCAG 2.1 x. `tests`: file and name; none if looked at by hand or a gap.
    `gap`: its name on the statement."""

    clause: str
    what: str
    tests: tuple[str, ...] = ()
    by_hand: str = ""
    gap: str = ""


ROWS = (
    Row("4.2.1, 4.2.5", "A call is seen and heard, and comes to the phone", (
        "tests/story/test_one_ticket.py::test_r1_a_ticket_is_drawn_called_seen_heard_served_and_remembered",
        "tests/story/test_told_by_phone.py::test_r1_a_call_comes_to_the_phone_and_its_worker_shows_it",
        "tests/displays/test_phone.py::test_r23_it_buzzes_once_for_each_call_and_repeat_if_its_owner_said_so",
    )),
    Row("5.1.3", "The kiosk reads aloud what stands on it, and what is on the ticket", (
        "tests/kiosk/test_speech.py::test_r16_the_ticket_is_read_aloud",
        "tests/kiosk/test_speech.py::test_r15_a_key_of_the_pad_begins_and_the_pad_alone_draws_a_number",
        "tests/kiosk/test_speech.py::test_r15_everything_on_every_screen_is_read_aloud",
        "tests/kiosk/test_speech.py::test_r15_every_text_is_heard_to_its_end_and_home_says_the_screen_again",
    )),
    Row("5.1.4", "Closed functions: a called number is seen under at least 0.7 degree", (
        "tests/displays/test_wall_far.py::test_r17_a_called_number_subtends_0_7_degree_at_the_farthest_seat",
        "tests/displays/test_wall_far.py::test_r17_the_plain_wall_shows_only_as_many_as_can_be_read",
        "tests/config/test_office_warnings.py::test_lines_size_and_distance_that_cannot_go_together_are_warned_of",
    )),
    Row("5.5, 5.6", "Parts that are operated are large enough and need no fine grip", (
        "tests/kiosk/test_kiosk_looks.py::test_r11_every_screen_fits_is_touchable_and_legible",
        "tests/displays/test_phone.py::test_r11_everything_pressed_is_at_least_44_px_high_and_reached_by_tab",
        "tests/counter_client/test_counter_looks.py::test_r11_every_target_is_large_enough",
    )),
    Row("8.3, 8.4", "Reach, and a ticket that is felt", by_hand="of the device and where it stands: not of this software"),
    Row("9.1.1.1", "What is a picture has words", (
        "tests/story/test_every_page.py::test_axe_finds_nothing_on_any_page",
        "tests/kiosk/test_kiosk_languages.py::test_a_pictogram_stands_between_letter_and_name_for_who_reads_no_language",
    )),
    Row("BITV 2.0, 4", "Videos in sign language", gap="signs"),
    Row("9.1.3.1, 9.1.3.2, 9.4.1.2", "Structure, order, names and roles are there for programs that read aloud", (
        "tests/story/test_every_page.py::test_axe_finds_nothing_on_any_page",
        "tests/displays/test_phone.py::test_axe_finds_nothing_in_any_state",
        "tests/displays/test_wall.py::test_axe_finds_nothing",
        "tests/displays/test_wall_honesty.py::test_axe_finds_nothing_while_cut_off",
        "tests/counter_client/test_counter_looks.py::test_every_state_fits_and_axe_finds_nothing",
        "tests/supervisor/test_supervisor_looks.py::test_the_table_fits_and_axe_finds_nothing",
        "tests/rules/test_axe.py::test_what_axe_cannot_tell_is_a_fault_until_somebody_looked",
    )),
    Row("9.1.4.1", "No meaning by colour alone", (
        "tests/displays/test_wall_grey.py::test_r5_without_colour_the_newest_call_still_stands_out",
        "tests/displays/test_wall.py::test_a_withdrawn_call_asks_to_wait_and_names_no_place",
    )),
    Row("9.1.4.3, 9.1.4.11", "Contrast of text and of edges; on walls K of at least 0.7 (DIN 32975)", (
        "tests/web_static/test_palette.py::test_r2_r3_r4_every_promised_pair_reaches_its_contrast",
        "tests/web_static/test_palette.py::test_pages_take_their_colours_from_the_palette",
        "tests/rules/test_axe.py::test_a_contrast_that_axe_cannot_tell_is_measured",
        "tests/counter_client/test_counter_looks.py::test_other_themes_keep_their_contrast",
    )),
    Row("9.1.4.4, 9.1.4.10", "Twice the text size, and 320 pixels wide", (
        "tests/displays/test_phone.py::test_r10_nothing_runs_out_of_320_px_or_at_twice_the_text_size",
        "tests/displays/test_phone.py::test_twice_the_text_size_makes_everything_larger_and_cuts_nothing",
        "tests/story/test_phone_without_scripts.py::test_nothing_is_cut_at_320_px",
        "tests/displays/test_start_pages.py::test_nothing_runs_out_of_320_px",
    )),
    Row("9.2.1.1, 9.2.4.3, 9.2.4.7", "Everything by keyboard, in order, and one sees where", (
        "tests/counter_client/test_counter_looks.py::test_a_clerks_morning_by_keyboard_alone",
        "tests/counter_client/test_counter_looks.py::test_r12_everything_is_reached_by_tab_and_seen_when_focused",
        "tests/supervisor/test_supervisor_table.py::test_a_move_by_keyboard_alone",
        "tests/kiosk/test_kiosk_looks.py::test_a_number_by_keyboard_alone",
    )),
    Row("9.2.1.4", "Keys of one letter can be switched off", (
        "tests/counter_client/test_counter_trouble.py::test_keys_can_be_switched_off_and_never_fire_while_typing",
    )),
    Row("9.2.2.1", "A screen that goes back by itself warns, and can stay", (
        "tests/kiosk/test_kiosk_page.py::test_r13_a_screen_left_alone_warns_is_extended_and_begins_anew",
        "tests/kiosk/test_kiosk_page.py::test_the_number_stays_until_read_and_can_stay_longer",
    )),
    Row("9.2.2.2", "What changes by itself is what the wall is for, and each call is there long enough", (
        "tests/displays/test_wall_turns.py::test_everyone_is_seen_eight_seconds_in_the_first_minute",
        "tests/displays/test_wall_turns.py::"
        "test_thirty_calls_in_a_minute_on_four_lines_are_each_seen_eight_seconds_by_the_clock_of_the_page",
        "tests/displays/test_wall.py::test_r7_who_wants_no_motion_gets_none",
        "tests/displays/test_phone.py::test_r7_who_wants_no_motion_gets_none",
        "tests/displays/test_wall_media.py::test_r7_a_tap_or_its_button_holds_the_pictures",
    )),
    Row("9.2.3.1", "Nothing flashes", (
        "tests/displays/test_wall_grey.py::test_r6_no_part_of_a_busy_wall_flashes_more_than_once_a_second",
        "tests/displays/test_wall.py::test_r6_the_highlight_is_a_fade_below_one_hertz_and_over_after_three_seconds",
    )),
    Row("9.3.1.1, 9.3.1.2", "Pages and phrases say their language and direction", (
        "tests/displays/test_languages.py::test_r9_what_the_office_did_not_translate_is_marked_as_what_it_is",
        "tests/displays/test_languages.py::test_the_server_marks_them_too_before_any_script",
        "tests/displays/test_wall.py::test_messages_stand_at_the_foot_each_phrase_in_its_language",
        "tests/kiosk/test_kiosk_languages.py::test_what_is_not_translated_says_its_language",
    )),
    Row("9.3.1.5 (AAA)", "Easy language", (
        "tests/config/test_language_files.py::test_easy_german_says_that_it_is_a_draft_and_no_other_language_does",
        "tests/config/test_language_files.py::test_r22_easy_german_has_short_sentences_and_joins_long_words_by_hyphens",
    ), gap="easy"),
    Row("9.3.3", "Mistakes are said in words, and what is final is asked", (
        "tests/displays/test_phone.py::test_giving_up_is_asked_twice",
        "tests/displays/test_phone.py::test_a_refusal_is_told_in_words",
        "tests/counter_client/test_counter_trouble.py::test_a_refusal_is_told_in_plain_words_with_its_number",
    )),
    Row("9.4.1.3", "A call is told to programs that read aloud, without moving the focus", (
        "tests/displays/test_wall.py::test_r8_a_call_is_told_once_in_one_polite_region_without_moving_the_focus",
        "tests/counter_client/test_counter_trouble.py::test_screen_readers_hear_what_changed",
    )),
    Row("12.1, 12.2", "A statement with a way to tell, in the languages of the office", (
        "tests/web/test_statement.py::test_everybody_reads_what_is_missing_and_whom_to_tell",
        "tests/web/test_statement.py::test_r21_public_pages_link_it",
        "tests/displays/test_start_pages.py::test_axe_finds_nothing",
    )),
    Row("12.2.2", "Who uses neither kiosk nor phone is helped", by_hand="by the staff of the office; screens send people there"),
)  # fmt: skip
"""In the order of the standard."""


def report() -> str:
    """The whole page."""
    met = sum(bool(row.tests) and not row.gap for row in ROWS)
    lines = [HEAD, f"Of {len(ROWS)} groups of requirements {met} are met, as far as tests tell.\n\n"]
    lines += ["| clause | requirement | state |\n|---|---|---|\n"]
    lines += [f"| {row.clause} | {row.what} | {_state(row)} |\n" for row in ROWS]
    lines += ["\n## The tests\n"]
    for row in ROWS:
        if row.tests:
            lines += [f"\n**{row.clause}: {row.what}**\n\n", *(f"- {sentence(test)}\n" for test in row.tests)]
    lines += [
        "\n## What we require of ourselves\n\n",
        "`r6` before the sentence of a test is one of these.\n\n",
        table(),
    ]
    return "".join(lines)


def _state(row: Row) -> str:
    if row.gap:
        return "not yet"
    return f"by hand: {row.by_hand}" if row.by_hand else "met"


def sentence(test: str) -> str:
    """The sentence that the name of a test is, and where it is; a KeyError names a test that is not there."""
    file, _, name = test.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    known = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    if name not in known:
        raise KeyError(f"{file} has no {name}")
    return f"{name.removeprefix('test_').replace('_', ' ')} (`{file}`)"


if __name__ == "__main__":
    REPORT.write_text(report(), encoding="utf-8")
