"""Who sends a command. Made by `server.access` from a token, a session or a link; read by `decide`.

Nothing here names a person: `holder` is a random sign-in id of the day, `account` is set for supervisors only.
"""

from server.messages.commands import Command
from server.messages.terms import Role
from server.messages.value import Value


class Actor(Value):
    """`principal`: owner of keys. `device`: the one id that a device or a `--for` token acts for. `page`: signed in at a page.

    `account`: the part of a supervisor that the log may show; `holder`: holder of counters it opens (never shown); `earlier`: its
    `holder` of the day before, whose counters and keys still belong to it.
    """

    role: Role
    principal: str
    holder: str = ""
    device: str | None = None
    page: bool = False
    account: str = ""
    earlier: str = ""

    @property
    def principals(self) -> tuple[str, ...]:
        """The principals whose keys belong to it, today's first."""
        return (self.principal, f"signin:{self.earlier}") if self.earlier else (self.principal,)

    def holds(self, holder: str | None) -> bool:
        """Whether a counter with this holder belongs to it."""
        return holder is not None and holder in (self.holder, self.earlier)

    @property
    def held_back(self) -> bool:
        """Whether it must not act for counters that others hold (a clerk's page, a token for one counter)."""
        return self.role in ("clerk", "desk") and (self.page or self.device is not None)


SYSTEM = Actor(role="system", principal="system", holder="system")
"""The server itself: ticks, the day, the office file."""


def by(actor: Actor, command: Command) -> str:
    """Who pressed, as the log says it: a device, a counter, the desk, a supervisor's account; never a clerk."""
    if actor.role in ("supervisor", "admin"):
        return f"supervisor:{actor.account or 'token'}"
    if actor.role in ("clerk", "desk"):
        counter = getattr(command, "counter", None)
        return f"counter:{counter}" if counter is not None else "desk"
    if actor.role in ("system", "holder", "booking", "door"):
        return actor.role
    return f"{actor.role}:{actor.device or '-'}"
