"""`aufruf press`: one press from outside the page, over HTTP: a global shortcut, a foot switch, a call button.

Called by the command line. A press gets its key when it is made and keeps it for every retry, so that it counts once.
"""

import contextlib
import locale
import ssl
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

import httpx
import msgspec

from config.words import FALLBACK, Words, staff_languages
from device_line.address import Address
from device_line.me import PATH, Me
from device_line.presses import BUTTONS, JsonCommand, Press
from device_line.server_clock import ServerClock
from server.messages.agreed import STALE_AFTER_MS
from server.messages.instants import SECOND

JsonAnswer = dict[str, Any]

GIVE_UP_S = STALE_AFTER_MS / SECOND - 3
"""Seconds after which a press is given up, some before the server refuses it as stale: the clerk has gone on."""
SILENT_S = 2.0
"""Seconds without any answer after which the server counts as away: a person who presses a button expects an answer by then."""
AGAIN_S = 0.4
GOOD, FAILED, WRONG_USE = 0, 1, 2


class PressFailed(Exception):
    """The press had no effect, or nobody knows. `text`: for people; `code`: the exit code."""

    def __init__(self, text: str, code: int = FAILED) -> None:
        super().__init__(text)
        self.text, self.code = text, code


def main(what: str, server: str, token: str, counter: str, out: TextIO | None = None) -> int:
    """Presses `what` at `counter` ("3", or "mitte/3" for a token of several offices). The result goes to `out` (stdout),
    errors to stderr. 0: it counted, or nobody waits; 1: refused or unanswered; 2: wrong use."""
    words = Words(spoken_here())
    with Address(server, token).client(SILENT_S) as line:
        try:
            print(Button(line, words).press(what, counter), file=out or sys.stdout)
        except PressFailed as failed:
            print(failed.text, file=sys.stderr)
            return failed.code
    return GOOD


class Button:
    """One press over an HTTP client whose base address and token are set."""

    def __init__(
        self,
        line: httpx.Client,
        words: Words,
        pause: Callable[[float], None] = time.sleep,
        give_up_s: float = GIVE_UP_S,
        silent_s: float = SILENT_S,
    ) -> None:
        self._line, self._words, self._pause = line, words, pause
        self._give_up_s, self._silent_s = give_up_s, silent_s
        self._press = Press()

    def press(self, what: str, counter: str) -> str:
        """Sends a press and returns its result as a sentence. Raises `PressFailed`."""
        if what not in BUTTONS and what != "undo":  # which needs the counter's board first
            raise PressFailed(
                self._words.text("press-unknown", what=what, known=", ".join((*BUTTONS, "undo"))), WRONG_USE
            )
        office, name = self.place(counter)
        self._date(office)
        command = self._undo(office, name) if what == "undo" else {**BUTTONS[what], "counter": name}
        return self._told(self._send(office, command))

    def _date(self, office: str) -> None:
        """Notes when it was pressed by the server's clock, which it asks for: if the server sleeps before it reads the press,
        only this tells how old the press is. A server of an earlier release does not tell its time."""

        def once() -> httpx.Response:
            answer = self._line.get(f"/api/v1/offices/{office}")
            with contextlib.suppress(KeyError, ValueError):
                clock = ServerClock()
                clock.note(answer.headers["aufruf-at"])
                self._press.date(clock.at(self._press.at))
            return answer

        self._answered(once)

    def place(self, counter: str) -> tuple[str, str]:
        """Office and id of a counter, from "mitte/3" or, for a token of one office, "3"."""
        office, _, name = counter.rpartition("/")
        if office:
            return office, name
        found = msgspec.convert(self._answered(lambda: self._line.get(PATH)), Me).offices
        if len(found) != 1:
            raise PressFailed(
                self._words.text("press-which-office", offices=", ".join(found), counter=counter), WRONG_USE
            )
        return found[0], name

    def _undo(self, office: str, counter: str) -> JsonCommand:
        board = self._answered(lambda: self._line.get(f"/api/v1/offices/{office}/boards/counter/{counter}"))
        if board["undo"] is None:
            raise PressFailed(self._words.text("problem-nothing-to-undo"))
        return {"type": "undo", "key": board["undo"]["key"]}

    def _send(self, office: str, command: JsonCommand) -> JsonAnswer:
        def once() -> httpx.Response:
            return self._line.post(f"/api/v1/offices/{office}/commands", json=command, headers=self._press.headers)

        return self._answered(once)

    def _answered(self, ask: Callable[[], httpx.Response]) -> JsonAnswer:
        """Asks until there is a final answer, the server counts as away, or the press is too old."""
        last, heard = self._words.text("problem-stale-press"), time.monotonic()
        while (left := min(self._press.at + self._give_up_s, heard + self._silent_s) - time.monotonic()) > 0:
            self._line.timeout = httpx.Timeout(left)
            try:
                answer = ask()
            except (httpx.UnsupportedProtocol, httpx.InvalidURL) as fault:
                raise PressFailed(str(fault), WRONG_USE) from fault
            except httpx.TransportError as fault:
                last = self._silence(fault)
            else:
                body, heard = _json(answer), time.monotonic()
                if answer.is_success:
                    return body
                if body.get("retry") is not True:
                    raise PressFailed(refusal_text(self._words, body))
                last = refusal_text(self._words, body)
            self._pause(AGAIN_S)
        raise PressFailed(last)

    def _silence(self, fault: httpx.TransportError) -> str:
        """Why there is no answer. Raises at once for a bad certificate: another try would not help."""
        server = f"{self._line.base_url}".rstrip("/")
        if (untrusted := _untrusted(fault)) is not None:
            raise PressFailed(self._words.text("press-certificate", server=server, reason=untrusted)) from fault
        reason = str(fault) or type(fault).__name__
        if isinstance(fault, httpx.ConnectError | httpx.ConnectTimeout):
            return self._words.text("press-no-server", server=server, reason=reason)
        return self._words.text("press-unanswered", server=server, reason=reason)

    def _told(self, done: JsonAnswer) -> str:
        events = [self._event(event) for event in done["events"]]
        if "ticket" in done["result"] and done["result"]["ticket"] is None:
            events.append(self._words.text("counter-nobody-waits"))
        return ", ".join(text for text in events if text) or self._words.text("staff-did-something")

    def _event(self, event: JsonAnswer) -> str:
        try:
            text = self._words.text(f"staff-did-{event['type']}".replace("_", "-"), number=event.get("number", ""))
        except KeyError:
            return ""
        return text.strip()


def refusal_text(words: Words, problem: JsonAnswer) -> str:
    """A refusal as a sentence for people, with the ticket's number if there are words for that."""
    name = f"problem-{problem.get('code', 'fault')}".replace("_", "-")
    numbered = {f"{name}-number": {"number": problem["number"]}} if problem.get("number") else {}
    for wanted, args in {**numbered, name: {}}.items():
        with contextlib.suppress(KeyError):
            return words.text(wanted, **args)
    return str(problem.get("detail") or problem.get("title") or name)


def _untrusted(fault: BaseException) -> str | None:
    """What is wrong with the server's certificate, if that is why the connection failed."""
    inner: BaseException | None = fault
    while inner is not None:
        if isinstance(inner, ssl.SSLError):
            return getattr(inner, "verify_message", "") or inner.reason or str(inner)
        inner = inner.__cause__ or inner.__context__
    return None


def _json(answer: httpx.Response) -> JsonAnswer:
    try:
        body = answer.json()
    except ValueError:
        body = None
    return body if isinstance(body, dict) else {"code": "fault", "detail": f"HTTP {answer.status_code}"}


def spoken_here() -> str:
    """The language of this computer, if it has the words of staff."""
    wanted = (locale.getlocale()[0] or FALLBACK).split("_")[0]
    return wanted if wanted in staff_languages() else FALLBACK
