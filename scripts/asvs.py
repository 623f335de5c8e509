"""Writes docs/asvs.md: what of OWASP ASVS 4.0.3, level 2, a program can check, and by which test. Run by `make conformance`."""

from typing import NamedTuple

from scripts.conformance import ROOT, sentence

REPORT = ROOT / "docs/asvs.md"
HEAD = """# What of OWASP ASVS is checked

Written by `make conformance` from the names of tests, which run with every change. Version 4.0.3, level 2. A requirement that
is not in this table was not looked at, or no program can check it. How to report a hole: [SECURITY.md](../SECURITY.md).

"""


class Chapter(NamedTuple):
    """`numbers`: of its requirements. `tests`: file and name. `but`: what is not so."""

    numbers: str
    what: str
    tests: tuple[str, ...]
    but: str = ""


ACCOUNTS, SESSIONS, TOKENS = (f"tests/access/test_{name}.py::test_" for name in ("accounts", "sessions", "tokens"))
CHAPTERS = (
    Chapter("2.1", "Passwords: long ones are taken, common ones are not", (
        f"{ACCOUNTS}what_will_not_do_as_a_password",
        f"{ACCOUNTS}thousands_of_common_words_are_known_however_they_are_dressed",
    ), "2.1.1 asks for twelve characters; here ten are enough, because common words are refused in every disguise"),
    Chapter("2.2", "Who guesses waits; nobody learns which names exist", (
        f"{ACCOUNTS}who_guesses_has_to_wait_longer_and_longer",
        f"{ACCOUNTS}one_address_cannot_try_many_names",
        f"{ACCOUNTS}trying_at_once_and_on_two_nodes_gains_nothing",
        f"{ACCOUNTS}a_wrong_password_an_unknown_name_and_a_disabled_account_look_alike",
    )),
    Chapter("2.3, 2.5", "The first link and a colleague's work once, for a day, and cannot be guessed", (
        f"{SESSIONS}the_first_link_lets_one_administrator_in_once",
        f"{SESSIONS}the_first_link_ends_after_a_day",
        f"{SESSIONS}a_colleagues_link_is_theirs_alone",
        f"{SESSIONS}a_guessed_link_lets_nobody_in",
    )),
    Chapter("2.4, 2.10", "Passwords and tokens are kept as hashes; secrets come from files", (
        f"{ACCOUNTS}the_password_itself_is_nowhere",
        f"{TOKENS}the_database_never_holds_the_token",
        "tests/command_line/test_option_files.py::test_a_secret_comes_from_a_file",
    )),
    Chapter("2.8, 2.9", "Administrators have a second step that cannot be left out", (
        "tests/passkeys/test_in_browser.py::test_a_passkey_is_made_asked_for_and_never_skipped",
    )),
    Chapter("3.2, 3.4", "The cookie of a session cannot be read by scripts, sent by other sites, or changed", (
        f"{SESSIONS}the_cookie_is_out_of_reach_of_scripts_and_other_sites",
        f"{SESSIONS}a_changed_cookie_is_no_cookie",
    )),
    Chapter("3.3", "Sessions end: signed out, idle, too old, with a new password, everywhere at once", (
        f"{SESSIONS}signing_out_ends_the_cookie_itself_on_every_node",
        "tests/access/test_uses.py::test_an_idle_session_ends_with_its_sockets_on_every_node",
        f"{SESSIONS}a_session_ends_after_twelve_hours",
        f"{SESSIONS}a_new_password_ends_the_sessions_of_before",
        f"{SESSIONS}sign_out_everywhere_ends_sessions_on_all_nodes",
    )),
    Chapter("3.5, 3.6", "Tokens end by revocation and by date; those of the city's sign-in are checked whole", (
        f"{TOKENS}a_revoked_token_is_refused_at_once_here_and_within_two_seconds_there",
        f"{TOKENS}a_token_ends_when_it_was_said_to",
        "tests/access/test_oidc.py::test_a_token_that_another_key_signed_counts_for_nothing",
        "tests/access/test_oidc.py::test_a_token_for_others_or_of_another_time_counts_for_nothing",
        "tests/single_sign_on/test_in_browser.py::test_an_answer_that_nobody_asked_for_opens_nothing",
    )),
    Chapter("4.1, 4.3", "Every route, board and command as every role, in one's own and in another office", (
        "tests/web/test_grid.py::test_every_route",
        "tests/web/test_grid.py::test_every_board",
        "tests/contract/test_safety.py::test_every_command_is_refused_to_whom_it_is_not_for",
    )),
    Chapter("4.2", "No other site presses in somebody's name", (
        "tests/web/test_ticket_forms.py::test_no_other_form_passes_from_another_origin",
        "tests/web/test_pairing.py::test_a_foreign_page_cannot_make_this_browser_somebodys_screen",
    )),
    Chapter("5.1, 5.5, 13.1", "Whatever bytes come, the answer is a refusal, and others go on", (
        "tests/crash/test_hostile_bytes.py::test_bodies",
        "tests/crash/test_hostile_bytes.py::test_frames",
        "tests/web/test_documents.py::test_answers_are_as_the_document_says",
    )),
    Chapter("6.2, 6.3", "Secrets are random and long; each purpose has a key of its own", (
        f"{TOKENS}a_token_has_256_random_bits_and_is_safe_in_a_header",
        "tests/access/test_links.py::test_a_link_reads_office_ticket_mac_with_128_bits",
        "tests/access/test_links.py::test_each_purpose_has_its_own_key",
        "tests/access/test_links.py::test_a_changed_link_is_nobodys",
    )),
    Chapter("7.1, 7.3", "Logs hold no secrets, and what is changed in the audit shows", (
        "tests/web/test_no_secrets_in_logs.py::test_logs_hold_no_secrets",
        "tests/access/test_audit.py::test_a_changed_entry_shows",
        "tests/access/test_audit.py::test_a_removed_entry_shows_at_the_next_one",
    )),
    Chapter("8.1, 8.3", "Nobody is named in the log; what is kept is deleted in time and readable by its owner alone", (
        "tests/contract/test_safety.py::test_nobody_is_named_anywhere",
        "tests/contract/test_deletion.py::test_two_days_later_nothing_is_left_of_what_goes",
        "tests/crash/test_data_folder.py::test_nothing_that_a_server_writes_is_for_others",
        "tests/backup/test_archive.py::test_only_its_owner_may_read_it",
    )),
    Chapter("9.1, 9.2", "TLS to browsers and to the stores; a certificate that is not trusted is refused", (
        "tests/command_line/test_proxies.py::test_pages_and_sockets_come_through_over_https",
        "tests/log/test_dial.py::test_a_store_over_tls",
        "tests/log/test_sentinels_over_tls.py::test_a_certificate_that_is_not_trusted_is_no_store",
    )),
    Chapter("10.3, 14.2", "What is installed has checksums and a bill of materials", (
        "tests/deploy/test_offline_bundle.py::test_a_damaged_file_is_not_installed",
        "tests/release/test_release.py::test_the_bill_of_materials_is_cyclonedx_and_lists_what_is_installed",
    ), "14.2.1: no test asks a list of known holes; that is left to the city's scanner and the bill of materials"),
    Chapter("11.1", "Limits against programs that pretend to be people", (
        "tests/web/test_robots.py::test_robots_that_hold_and_never_book_leave_people_their_slots",
        "tests/web/test_public_routes.py::test_guessed_links_are_throttled_and_good_ones_are_not",
        "tests/web/test_pairing.py::test_who_guesses_codes_is_stopped_and_the_right_one_does_not_help_then",
    )),
    Chapter("12.1, 12.3, 13.2", "Sizes are limited; no file is served but those that are meant to be", (
        "tests/crash/test_hostile_bytes.py::test_a_frame_too_large_ends_its_own_socket_only",
        "tests/crash/test_crowds.py::test_very_many_sockets_that_lead_nowhere",
        "tests/web/test_public_routes.py::test_nothing_else_is_static",
    )),
    Chapter("14.4, 14.5", "Every answer has its headers, no page a script or style inside; only a trusted proxy is believed", (
        "tests/web/test_every_answer.py::test_every_answer_carries_the_headers_once",
        "tests/web/test_pages.py::test_no_page_has_inline_script_or_style",
        "tests/web/test_peer.py::test_only_a_trusted_proxy_is_believed",
    )),
)  # fmt: skip
"""In the order of the standard."""


def report() -> str:
    """The whole page."""
    lines = [HEAD, "| chapter | what is checked | what is not so |\n|---|---|---|\n"]
    lines += [f"| {one.numbers} | {one.what} | {one.but} |\n" for one in CHAPTERS]
    lines += ["\n## The tests\n"]
    for one in CHAPTERS:
        lines += [f"\n**{one.numbers}: {one.what}**\n\n", *(f"- {sentence(test)}\n" for test in one.tests)]
    return "".join(lines)


if __name__ == "__main__":
    REPORT.write_text(report(), encoding="utf-8")
