"""What will happen on a simulated day: who comes and how they behave, when clerks are there, what the supervisor does. Pure.

`plan(scene, seed)` gives the same day for the same scene and seed. What really happens depends on the office: a plan says
how people behave, never who is called when.
"""

from random import Random
from typing import Literal

from server.messages.terms import Category, Need
from server.messages.value import Value
from server.rehearsal import shapes

Twist = Literal["", "repeat", "withdraw", "undo", "park", "transfer", "left"]
"""What is unusual about a call: nothing; called twice; withdrawn; undone; parked; transferred; the person leaves."""

LOAD = 0.9
"""The work that comes, as a share of what the clerks can do."""
FREE_HELP = 0.4
"""The share of a free counter's time that is planned for: so somebody waits for the person who opens it."""
NEVER = 99
"""How many calls somebody misses who went home without a word: more than anybody makes."""


class Wish(Value):
    """A service people come for; `minutes` in the mean."""

    id: str
    minutes: float


class CounterPlace(Value):
    """A counter. `skills` include `services`, with which it opens."""

    id: str
    services: tuple[str, ...]
    skills: tuple[str, ...]
    features: tuple[str, ...] = ()


class Scene(Value):
    """An office as the contract describes it. `staffed`: counters with a simulated clerk; `free`: those left to others."""

    services: tuple[Wish, ...]
    staffed: tuple[CounterPlace, ...]
    free: tuple[CounterPlace, ...] = ()
    languages: tuple[str, ...] = ()


class Person(Value):
    """Somebody who comes. All in minutes: `arrives` from the opening, `patience` from the ticket, `walk` from the call.

    `minutes` per service; `absent`: calls not answered; `comes_back`: after the last miss; `away`: (asks after, stays away for).
    """

    arrives: float
    services: tuple[str, ...]
    minutes: dict[str, float]
    category: Category = "walk_in"
    needs: tuple[Need, ...] = ()
    language: str | None = None
    persons: int = 1
    walk: float = 0.7
    patience: float | None = None
    absent: int = 0
    comes_back: float | None = None
    away: tuple[float, float] | None = None
    turn: Twist = ""


class Shift(Value):
    """A clerk's day at one counter. `finishes_by_next`: ends a service by calling the next; `wraps_up`: share of services."""

    counter: str
    opens: float
    pause_at: float
    pause: float
    finishes_by_next: bool
    wraps_up: float


class Deed(Value):
    """Something a supervisor does at a minute of the day, and for how many minutes."""

    at: float
    what: Literal["message", "assign", "close_service"]
    minutes: float


class Day(Value):
    """The plan of one day."""

    people: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    deeds: tuple[Deed, ...]


def plan(scene: Scene, seed: int) -> Day:
    rng = Random(seed)  # noqa: S311  a simulated day, not a secret
    busy = shapes.day_factor(rng)
    people = [
        _person(rng, scene, wish, arrives)
        for wish in scene.services
        for arrives in shapes.arrivals(rng, round(busy * _count(scene, wish)))
    ]
    people.sort(key=lambda person: person.arrives)
    return Day(people=tuple(people), shifts=_shifts(rng, scene), deeds=_deeds(rng))


def _count(scene: Scene, wish: Wish) -> float:
    """How many people come for a service: as many as its counters can serve, if each counter divides its time among services."""
    share = [1 / len(place.services) for place in scene.staffed if wish.id in place.services]
    share += [FREE_HELP / len(place.services) for place in scene.free if wish.id in place.services]
    return LOAD * shapes.OPEN * sum(share) / (wish.minutes + 1.5)


def _person(rng: Random, scene: Scene, wish: Wish, arrives: float) -> Person:
    services = (wish.id, *_second(rng, scene, wish))
    means = {one.id: one.minutes for one in scene.services}
    absent = rng.choices((0, 1, NEVER), (92, 4, 4))[0]
    return Person(
        arrives=arrives,
        services=services,
        minutes={name: shapes.service_minutes(rng, means[name]) for name in services},
        category="priority" if rng.random() < 0.07 else "walk_in",
        needs=_needs(rng, scene, wish),
        language=_language(rng, scene),
        persons=rng.choices((1, 2, 3, 4), (82, 12, 4, 2))[0],
        walk=rng.uniform(0.4, 1.3),
        patience=shapes.patience(rng),
        absent=absent,
        comes_back=rng.uniform(5, 15) if absent and rng.random() < 0.5 else None,
        away=(rng.uniform(3, 10), rng.uniform(10, 25)) if rng.random() < 0.05 else None,
        turn=rng.choices(_TURNS, _TURN_WEIGHTS)[0],
    )


_TURNS: tuple[Twist, ...] = ("", "repeat", "withdraw", "undo", "park", "transfer", "left")
_TURN_WEIGHTS = (84, 6, 1, 2, 3, 2, 2)


def _second(rng: Random, scene: Scene, first: Wish) -> tuple[str, ...]:
    """A second service, which one person in twelve wants."""
    others = [one.id for one in scene.services if one.id != first.id and _staffed(scene, one.id)]
    return (rng.choice(others),) if others and rng.random() < 1 / 12 else ()


def _staffed(scene: Scene, service: str) -> bool:
    return any(service in place.services for place in scene.staffed)


def _needs(rng: Random, scene: Scene, wish: Wish) -> tuple[Need, ...]:
    """Needs of a person: only those that a staffed counter of the first service covers, so that nobody waits in vain."""
    if rng.random() >= 0.06:
        return ()
    covered = {feature for place in scene.staffed if wish.id in place.services for feature in place.features}
    possible: list[Need] = ["visual_call", "escort", "interpreter"]
    possible += [need for need in ("step_free", "hearing_loop") if need in covered]
    return (rng.choice(possible),)


def _language(rng: Random, scene: Scene) -> str | None:
    others = scene.languages[1:]
    return rng.choice(others) if others and rng.random() < 0.15 else None


def _shifts(rng: Random, scene: Scene) -> tuple[Shift, ...]:
    """The clerks' shifts. Their breaks are spread over noon."""
    count = max(len(scene.staffed), 1)
    return tuple(
        Shift(
            counter=place.id,
            opens=rng.uniform(0, 6) if number else 0.0,
            pause_at=150 + 180 * number / count + rng.uniform(-10, 10),
            pause=rng.uniform(20, 30),
            finishes_by_next=rng.random() < 0.5,
            wraps_up=rng.choice((0.0, 0.1, 0.3)),
        )
        for number, place in enumerate(scene.staffed)
    )


def _deeds(rng: Random) -> tuple[Deed, ...]:
    """What the supervisor does: three small acts a day."""
    return (
        Deed(at=rng.uniform(35, 50), what="message", minutes=40),
        Deed(at=rng.uniform(80, 120), what="assign", minutes=60),
        Deed(at=rng.uniform(190, 230), what="close_service", minutes=12),
        Deed(at=rng.uniform(270, 300), what="message", minutes=40),
        Deed(at=rng.uniform(320, 360), what="assign", minutes=60),
    )
