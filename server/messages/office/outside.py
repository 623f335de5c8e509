"""Whom an office tells what happens in it, whom citizens tell that something does not work, and how long its history is kept."""

from server.messages.office.table import Table
from server.messages.terms import AlertCode


class Alerts(Table):
    """Who is told of alerts: mail addresses, and one address to which each alert is sent as JSON.

    Without `codes`: all alerts.
    """

    to: tuple[str, ...] = ()
    webhook: str | None = None
    codes: tuple[AlertCode, ...] = ()


class Webhook(Table):
    """Another system that is told of events. `events`: which types; without them, all. `secret_file`: beside the office file;
    what is sent is signed with it."""

    id: str
    address: str
    secret_file: str
    events: tuple[str, ...] = ()


class Accessibility(Table):
    """Whom people tell that something does not work for them: shown on the accessibility statement. Without any: at reception.

    `form`, `enforcement`: addresses of a form of the office, and of the body that mediates when its answer does not help.
    """

    mail: str | None = None
    phone: str | None = None
    form: str | None = None
    enforcement: str | None = None


class Keeping(Table):
    """Days that the history keeps its tables. `entries` say which device and counter did what when; `visits` and `calls` do not.

    Personal data and secrets are not listed here: in every office they are deleted with the day or 24 hours later.
    """

    entries: int = 30
    visits: int = 730
    calls: int = 730
    letters: int = 30
