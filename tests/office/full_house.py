"""An office in which everything that a counter shows is full at once: long names, every list, a press to take back, a move."""

from __future__ import annotations

from msgspec.structs import replace

from server.messages import commands as c
from server.messages.boards import Expected
from server.messages.instants import HOUR
from server.messages.office import Calls, CounterPlan, Helper, Kiosk, Named, Office, Printer, ServicePlan
from server.office.waits import Drawn, Waits, kind_of
from tests.office.crowded import crowd
from tests.office.room import Room, instant, small_office

STAFF = ("de", "en")
LANGUAGES = ("de", "en", "tr", "uk", "ar", "ru", "fr", "pl", "de-simple")
COUNTERS, WAITING = 100, 2_000
SERVICES = {
    "ausweis": ("Personalausweis und Reisepass", "Identity card and passport", "Kimlik kartı ve pasaport"),
    "meldung": ("Anmeldung und Ummeldung", "Registering an address", "İkamet kaydı"),
    "kfz": ("Kraftfahrzeuge", "Vehicle registration", "Araç tescili"),
    "fuehrerschein": ("Führerschein", "Driving licence", "Sürücü belgesi"),
    "urkunden": ("Urkunden und Beglaubigungen", "Certificates", "Belgeler ve onaylar"),
    "soziales": ("Wohngeld und Sozialleistungen", "Housing benefit", "Konut yardımı"),
    "gewerbe": ("Gewerbe anmelden", "Business registration", "İşyeri kaydı"),
    "auslaender": ("Aufenthalt und Visum", "Residence and visa", "Oturum ve vize"),
    "parken": ("Bewohnerparken", "Residents' parking", "Park izni"),
    "fundbuero": ("Fundbüro", "Lost property", "Kayıp eşya"),
    "abholung": ("Abholung fertiger Dokumente", "Collecting documents", "Belge teslimi"),
    "rente": ("Rente und Lebensbescheinigung", "Pensions", "Emeklilik"),
}
MESSAGES = (
    ("Der Drucker im Flur ist bis 11 Uhr außer Betrieb.", "The printer in the corridor is out of order until 11."),
    ("Ab 12 Uhr gibt Schalter 7 nur noch Ausweise aus.", "From noon on counter 7 only hands out identity cards."),
    ("Bitte Pausen heute mit dem Empfang absprechen.", "Please agree on breaks with the reception today."),
    ("Das Fachverfahren ist langsam, die IT ist informiert.", "The specialist system is slow, IT has been told."),
    ("Um 15 Uhr kurze Besprechung in Raum 104.", "Short meeting at 15:00 in room 104."),
    ("Heute helfen zwei Lotsinnen in der Halle.", "Two guides help in the hall today."),
)
REASONS = {
    "staff": ("zu wenig Personal", "not enough staff"),
    "system": ("Fachverfahren gestört", "specialist system down"),
    "full": ("heute ausgelastet", "fully booked today"),
    "event": ("Veranstaltung", "event"),
}
BREAKS = {"lunch": ("Mittagspause", "Lunch"), "pause": ("Pause", "Break"), "talk": ("Gespräch", "Meeting")}


def texts(*said: str) -> dict[str, str]:
    return dict(zip(LANGUAGES, said, strict=False))


def named(words: dict[str, tuple[str, str]]) -> tuple[Named, ...]:
    return tuple(Named(id=id, names=texts(*said)) for id, said in words.items())


def full_office(given: int) -> Office:
    """`given`: how many services each counter offers."""
    services = tuple(
        ServicePlan(id=id, letter=chr(65 + place), names=texts(*said))
        for place, (id, said) in enumerate(SERVICES.items())
    )
    places = tuple(
        CounterPlan(
            id=str(number + 1), label=f"Schalter {number + 1}", zone="hall", services=tuple(SERVICES)[:given],
            features=("step_free", "hearing_loop"),
        )
        for number in range(COUNTERS)
    )  # fmt: skip
    return replace(
        small_office(),
        name="Bürgerservice Mitte",
        languages=LANGUAGES,
        services=services,
        counters=places,
        kiosks=(Kiosk(id="entrance", name="Eingang", printer="paper"),),
        printers=(Printer(id="paper", name="Drucker"),),
        breaks=named(BREAKS),
        reasons=named(REASONS),
        rules=(),
        calls=Calls(recall_limit=0),
        situations=(),
        helpers=tuple(Helper(id=f"lotse-{n}", names=texts(f"Lotsin {n}", f"Guide {n}")) for n in (1, 2)),
    )


def full_house(services: int = len(SERVICES)) -> Room:
    """Everybody is at their counter, which offers that many services; counter 1 has just begun to serve, which can be undone."""
    office = full_office(services)
    room = Room(office).begin(office)
    room.open(*(one.id for one in office.counters))
    aside(room)
    told_all(room)
    for place in range(10):  # one of ten needs an interpreter, two read another language, one brings somebody
        for name in SERVICES:
            needs = ("interpreter",) if place == 3 else ()
            language = "tr" if place in (4, 8) else "de"
            persons = 1 + (place == 6)
            room.ticket(name, by=room.kiosk, kiosk="entrance", needs=needs, language=language, persons=persons)
    crowd(room, WAITING)
    room.serve("1")
    return room


def aside(room: Room) -> None:
    """Many are parked, missed or away."""
    for _ in range(6):
        for leaves in ((c.StartService(counter="1"), c.ParkTicket(counter="1")), (c.MarkMissed(counter="1"),)):
            room.ticket("ausweis", by=room.kiosk, kiosk="entrance", language="tr")
            room.call("1")
            for leave in leaves:
                room.does(leave)
        room.does(c.PauseTicket(ticket=room.ticket("meldung", by=room.kiosk, kiosk="entrance"), minutes=30))


def told_all(room: Room) -> None:
    """Messages, a call for help, an alarm, people called in, and a move of this counter."""
    for number, said in enumerate(MESSAGES):
        displays = ("hall",) if number % 2 else ()
        message = c.PostMessage(text=texts(*said, *said), until=instant(room.now + HOUR), displays=displays)
        room.does(message, room.supervisor)
    for helper in room.state.office.helpers:
        room.does(c.CallHelper(helper=helper.id, until=instant(room.now + HOUR)), room.supervisor)
    room.does(c.RequestHelp(), room.kiosk)
    room.does(c.RaiseAlarm(counter="7"))
    given = room.at("1").services[:-1]
    move = c.AssignCounter(counter="1", services=given, until=instant(room.now + HOUR), reason="zu viele warten")
    room.does(move, room.supervisor)


def told(room: Room) -> Waits:
    """A forecast for every ticket and every service."""
    wait = Expected(low=110, median=120, high=135, at="2026-11-23T08:00:00.000Z", learning=False)
    kinds = {kind_of(plan): Drawn(shown=wait, low=110, high=135) for plan in room.state.plans.values()}
    return Waits(known=True, seq=room.state.seq, tickets=dict.fromkeys(room.state.tickets, wait), drawn=kinds)
