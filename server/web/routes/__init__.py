"""The route table: every path of this server, its rights and its answer. Each subject is a module that ends with its own rows.

The API documents and the grid test read the table too.
"""

from server.web.routes import (
    advice,
    appointments,
    boards,
    browser_papers,
    calendars,
    claims,
    colours,
    commands,
    devices,
    events,
    health,
    me,
    metrics,
    notes,
    own_files,
    pairings,
    push,
    references,
    search,
    settings,
    slots,
    sound,
    ticket_preview,
    tickets,
    webhooks,
    what_if,
    worker,
)
from server.web.routes.admin_audit import AdminAudit
from server.web.routes.admin_devices import AdminDevices
from server.web.routes.admin_passkeys import AdminPasskeys
from server.web.routes.admin_people import AdminPeople
from server.web.routes.admin_settings import AdminSettings
from server.web.routes.admin_tokens import AdminTokens
from server.web.routes.appointments import AppointmentPage
from server.web.routes.booked import BookedPage
from server.web.routes.booking import Booking
from server.web.routes.documents import Documents
from server.web.routes.draw import Draw
from server.web.routes.embed import Embed
from server.web.routes.evaluation import Evaluation
from server.web.routes.first import First
from server.web.routes.help import HelpPages
from server.web.routes.offices import Offices
from server.web.routes.pages import Pages
from server.web.routes.pairings import PairingPages
from server.web.routes.phone_desk import PhoneDesk
from server.web.routes.plain import Plain
from server.web.routes.polling import Polling
from server.web.routes.sign_in import SignIn
from server.web.routes.single_sign_on import SingleSignOn
from server.web.routes.statement import Statement
from server.web.routes.static import Static
from server.web.routes.ticket_page import TicketPage
from server.web.routes.wishes import Wished
from server.web.templates import Templates
from server.web.way import Way

SUBJECTS = (
    health,
    metrics,
    me,
    commands,
    boards,
    events,
    search,
    settings,
    slots,
    notes,
    browser_papers,
    claims,
    tickets,
    appointments,
    references,
    push,
    webhooks,
    settings,
    calendars,
    what_if,
    advice,
    sound,
    ticket_preview,
    devices,
    pairings,
    worker,
    colours,
    own_files,
)
"""Modules without a memory of their own."""


def ways(templates: Templates, static: Static, version: str, *, citizens: bool) -> tuple[Way, ...]:
    """The table of one listener; for citizens only the rows that are marked for them."""
    documents = Documents(version, templates)
    remembering = (
        Offices(),
        Pages(templates),
        TicketPage(templates, lambda: static.version),
        Booking(templates, lambda: static.version),
        Draw(templates, lambda: static.version),
        BookedPage(templates),
        Evaluation(templates),
        PhoneDesk(templates),
        Wished(templates, lambda: static.version),
        Embed(templates, lambda: static.version),
        AppointmentPage(templates, lambda: static.version),
        Plain(templates),
        PairingPages(templates),
        Polling(),
        SignIn(templates),
        SingleSignOn(templates),
        First(templates),
        AdminPeople(templates),
        AdminDevices(templates),
        AdminTokens(templates),
        AdminSettings(templates),
        AdminAudit(templates),
        AdminPasskeys(templates),
        Statement(templates),
        HelpPages(templates),
        static,
        documents,
    )
    every = [*(way for one in SUBJECTS for way in one.WAYS), *(way for one in remembering for way in one.ways())]
    documents.routes = tuple(way for way in every if way.citizens or not citizens)
    return documents.routes
