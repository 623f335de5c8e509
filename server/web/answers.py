"""What a command brings back, the same for HTTP and the socket: the answer's members, made from the desk's outcome."""

from typing import Any

from server.desk.desk import Desk
from server.desk.entry import Done
from server.messages.wire import event_object


def done_members(desk: Desk, done: Done) -> dict[str, Any]:
    """`{epoch, seq, replayed, events, result}`."""
    return {
        "epoch": done.epoch,
        "seq": done.seq,
        "replayed": done.replayed,
        "events": [event_object(one.event, desk.office, done.epoch, one.seq, one.mark) for one in done.entries],
        "result": done.result,
    }
