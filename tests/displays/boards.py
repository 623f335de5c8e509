"""Boards that a test shows on citizens' pages, made from the classes of the wire."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from server.messages import boards as wire


def rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class Boards:
    """Boards as the office makes them, from a few words."""

    def place(self, counter: str = "3", way: str = "links, 1. Tür") -> wire.Place:
        return wire.Place(
            id=counter, label=f"Schalter {counter}", way={"de": way, "en": "left, first door"}, zone="hall"
        )

    def call(
        self,
        number: str = "A017",
        counter: str = "3",
        *,
        ago: float = 0,
        fresh: bool = True,
        attempt: int = 1,
        withdrawn: bool = False,
    ) -> wire.Call:
        at = rfc3339(datetime.now(UTC) - timedelta(seconds=ago))
        place = self.place(counter)
        return wire.Call(number=number, counter=place, called_at=at, attempt=attempt, fresh=fresh, withdrawn=withdrawn)

    def display(self, *calls: wire.Call, **changes: Any) -> wire.Display:
        plain = wire.Display(
            office="mitte",
            name="Bürgerbüro Mitte",
            display="hall",
            title="Halle, über dem Eingang",
            time_zone="Europe/Berlin",
            languages=("de", "en"),
            open=True,
            zones=(),
            lines=6,
            calls=calls,
            waiting=(
                self.waiting("A", "Ausweis und Pass", "Identity card and passport", 9, (20, 30)),
                self.waiting("B", "Wohnung an- oder abmelden", "Registration of address", 4, (10, 20)),
                self.waiting("K", "Auto und Führerschein", "Vehicle and driving licence", 11, (35, 50)),
                self.waiting("F", "Führungszeugnis", "Certificate of conduct", 1, None),
                self.waiting("S", "Standesamt", "Registry office", 0, None, opened=False),
            ),
            messages=(),
            numbers_waiting=("A018", "K077", "A019", "B043", "F012", "A020"),
            missed=("B038",),
            hide_after=120,
            room={"de": "Wartehalle", "en": "Waiting hall"},
        )
        return msgspec.structs.replace(plain, **changes)

    def waiting(
        self, letter: str, german: str, english: str, count: int, spread: tuple[int, int] | None, opened: bool = True
    ) -> wire.Waiting:
        return wire.Waiting(
            service=letter.lower(),
            letter=letter,
            names={"de": german, "en": english},
            count=count,
            expected=self.expected(*spread) if spread else None,
            expected_reason=None,
            open=opened,
        )

    def expected(self, low: int, high: int) -> wire.Expected:
        return wire.Expected(
            low=low, median=(low + high) // 2, high=high, at=rfc3339(datetime.now(UTC)), learning=False
        )

    def ticket(self, **changes: Any) -> wire.Ticket:
        plain = wire.Ticket(
            number="A019",
            state="waiting",
            ahead=3,
            expected=self.expected(15, 25),
            expected_reason=None,
            passed_by={},
            services=(
                wire.ServiceWords(
                    id="a", letter="A", names={"de": "Ausweis und Pass", "en": "ID and passport"}, back_office=False
                ),
            ),
            counter=None,
            way={},
            papers={"de": ("alter Ausweis", "Foto", "37 Euro (Karte oder bar)"), "en": ("old ID card", "photo")},
            issued_at=rfc3339(datetime.now(UTC) - timedelta(minutes=9)),
            called_at=None,
            attempt=0,
            missed_at=None,
            not_before=None,
            away_until=None,
            office="mitte",
            name="Bürgerbüro Mitte",
            time_zone="Europe/Berlin",
            language="de",
            languages=("de", "en"),
            may=("pause_ticket", "cancel_ticket"),
            away_minutes=45,
        )
        return msgspec.structs.replace(plain, **changes)
