"""The answer to a press once its batch is in the log: its own events and their result, or those of the key's first press."""

from collections.abc import Sequence

import structlog

from server.desk.entry import Done, Entry, Reply, entry_of, unavailable
from server.desk.fold import Fold
from server.desk.pending import Pending
from server.log.port import Log, LogError
from server.messages.facts import Spent
from server.messages.problems import Refusal
from server.office.result import Secret, result

_log = structlog.get_logger("aufruf.desk")


async def outcome(asked: Pending, fold: Fold, log: Log, office: str, secret: Secret) -> Reply:
    """Never raises: the events are in the log even if making the answer fails. The same key, pressed again, gets the answer."""
    try:
        return await _outcome(asked, fold, log, office, secret)
    except LogError as fault:
        return unavailable(str(fault))
    except Exception:
        _log.exception("no answer could be made", office=office, command=type(asked.command).__name__)
        return Refusal(code="fault", detail="this was decided, but its answer could not be made")


async def _outcome(asked: Pending, fold: Fold, log: Log, office: str, secret: Secret) -> Reply:
    if isinstance(asked.decided, Refusal):
        return asked.decided
    spent = asked.decided if isinstance(asked.decided, Spent) else _spent(asked, fold)
    if spent is None:
        return _done(asked, fold, (), secret, replayed=False)
    entries = fold.entries(spent.seq, spent.count)
    if entries is None:
        entries = [entry_of(row) for row in await log.read(office, spent.seq - 1, spent.count)]
        if [entry.seq for entry in entries] != list(range(spent.seq, spent.seq + spent.count)):
            return Refusal(code="log_trimmed", detail="this was done; what came of it is no longer kept")
    own = bool(entries) and entries[0].mark in asked.marks
    return _done(asked, fold, entries, secret, replayed=not own)


def _spent(asked: Pending, fold: Fold) -> Spent | None:
    """Where in the log the events of this press are, if it had any."""
    return fold.state.keys.spent(asked.actor.principal, asked.key) if asked.decided else None


def _done(asked: Pending, fold: Fold, entries: Sequence[Entry], secret: Secret, *, replayed: bool) -> Done:
    said = result(asked.command, [entry.event for entry in entries], secret)
    last = entries[-1].seq if entries else fold.state.seq
    return Done(epoch=fold.state.epoch, seq=last, replayed=replayed, entries=tuple(entries), result=said)
