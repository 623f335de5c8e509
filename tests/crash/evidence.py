"""Compares what was acknowledged with the log: lost, doubled, gaps. Knows only the events of the public contract."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Event = Mapping[str, Any]

LEAVES_COUNTER = {
    "call_withdrawn",
    "service_finished",
    "ticket_missed",
    "ticket_parked",
    "ticket_transferred",
    "ticket_cancelled",
    "ticket_expired",
}
ENDS = {"ticket_cancelled", "ticket_expired"}


@dataclass
class Record:
    """What the callers were told."""

    acknowledged: dict[str, tuple[Event, ...]] = field(default_factory=dict)
    """By key: the events of the answer."""
    answered: Counter[str] = field(default_factory=Counter)
    """By outcome: done, empty, replayed, or a refusal's code."""
    again: Counter[str] = field(default_factory=Counter)
    """Why an attempt was repeated: a retryable code, or the kind of broken line."""
    faults: list[str] = field(default_factory=list)
    """Answers that the contract does not know, and presses that nobody answered."""

    @property
    def seq(self) -> int:
        """The newest entry that any caller was told of."""
        return max((events[-1]["seq"] for events in self.acknowledged.values()), default=0)

    def heard(self, key: str, answer: Mapping[str, Any]) -> None:
        self.answered["replayed" if answer["replayed"] else "done" if answer["events"] else "empty"] += 1
        if answer["events"]:
            self.acknowledged[key] = tuple(answer["events"])


@dataclass
class Verdict:
    """Each list names faults; all are empty if the rules hold. `listed`: lost, but a fork in the log says so."""

    acknowledged: int
    listed: list[str]
    lost: list[str]
    doubled: list[str]
    gaps: list[str]

    @property
    def clean(self) -> bool:
        return not (self.listed or self.lost or self.doubled or self.gaps)


def judge(record: Record, log: Sequence[Event]) -> Verdict:
    told, listed, lost = _told(log), list[str](), list[str]()
    for line, fault in _lost(record, log):
        told[line] -= 1
        (listed if told[line] >= 0 else lost).append(fault)
    return Verdict(
        acknowledged=len(record.acknowledged),
        listed=listed,
        lost=lost,
        doubled=[*_keys_twice(log), *_people_twice(log), *_numbers_twice(log)],
        gaps=[f"{at} holds {event['seq']}" for at, event in enumerate(log, 1) if event["seq"] != at],
    )


def _told(log: Sequence[Event]) -> Counter[str]:
    """What forks say was lost: `ticket_issued A017`, as often as they say it."""
    return Counter(line for event in log if event["type"] == "epoch_changed" for line in event["lost"])


def _lost(record: Record, log: Sequence[Event]) -> Iterable[tuple[str, str]]:
    """Checks that an acknowledged event is in the log at its place, with the mark and the fields that the answer had.

    Yields each that is not: as a fork would name it, and what is wrong.
    """
    by_seq = {event["seq"]: event for event in log}
    for key, events in record.acknowledged.items():
        for event in events:
            held = by_seq.get(event["seq"])
            same = held is not None and all(held.get(name) == said for name, said in event.items() if name != "epoch")
            if not same:  # what a later release reads may have more fields than an older one answered
                line = f"{event['type']} {event.get('number') or event.get('counter') or ''}".strip()
                yield line, f"{event['type']} {event['seq']} of key {key}: the log holds {held}"


def _keys_twice(log: Sequence[Event]) -> Iterable[str]:
    """All events of one press must be written once, in one batch, one after another."""
    places: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for event in log:
        if event.get("key"):
            places.setdefault((event["by"], event["key"]), []).append((event["seq"], event["mark"]))
    for (by, key), found in places.items():
        first = found[0][0]
        if [seq for seq, _ in found] != list(range(first, first + len(found))) or len({mark for _, mark in found}) > 1:
            yield f"key {key} of {by} was done at {found}"


def _people_twice(log: Sequence[Event]) -> Iterable[str]:
    """Nobody may be called while called or served, and no counter may hold two tickets."""
    at: dict[str, str] = {}
    for event in log:
        ticket = event.get("ticket", "")
        if event["type"] in ("ticket_called", "ticket_resumed", "direct_service_started"):
            if ticket in at:
                yield f"{event['number']} called to {event['counter']} while at {at[ticket]} (entry {event['seq']})"
            if event["counter"] in at.values():
                yield f"counter {event['counter']} holds two (entry {event['seq']})"
            at[ticket] = event["counter"]
        elif event["type"] in LEAVES_COUNTER:
            at.pop(ticket, None)


def _numbers_twice(log: Sequence[Event]) -> Iterable[str]:
    """A number in use belongs to one ticket."""
    alive: dict[str, str] = {}
    for event in log:
        if event["type"] in ("ticket_issued", "direct_service_started"):
            if alive.setdefault(event["number"], event["ticket"]) != event["ticket"]:
                yield f"number {event['number']} given twice (entry {event['seq']})"
        elif event["type"] in ENDS or (event["type"] == "service_finished" and not event.get("next")):
            alive.pop(event["number"], None)
