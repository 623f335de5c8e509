"""GET webhooks: how other systems stand that are told of events; POST .../again: what they refused is sent again."""

from starlette.responses import Response

from server.messages.rights import WEBHOOKS
from server.messages.webhooks import SentAgain, WebhookStand
from server.web.ask import Ask, json, ready
from server.web.refused import refuse
from server.web.way import OFFICE, Way


async def stand(ask: Ask) -> Response:
    """`GET /api/v1/offices/{office}/webhooks`."""
    ready(ask.desk)
    hooks = ask.site.webhooks
    return json([] if hooks is None else await hooks.stand(ask.office))


async def again(ask: Ask) -> Response:
    """`POST .../webhooks/{webhook}/again`: whoever has mended the receiver does not want to wait for the next try."""
    named = [hook.id for hook in ready(ask.desk).state.office.webhooks]
    name, hooks = ask.values["webhook"], ask.site.webhooks
    if hooks is None or name not in named:
        raise refuse("unknown_webhook", f"the office has no webhook {name[:64]}")
    with ask.site.limits.press(ask.actor):
        return json(SentAgain(letters=await hooks.again(ask.office, name)))


PATH = OFFICE + "/webhooks"
WAYS = (
    Way("GET", PATH, stand, WEBHOOKS, "How the webhooks stand", result=list[WebhookStand], codes=("starting",)),
    Way(
        "POST",
        PATH + "/{webhook}/again",
        again,
        WEBHOOKS,
        "Sends again at once what a receiver refused, and what waits for it",
        result=SentAgain,
        codes=("unknown_webhook", "starting", "too_many"),
    ),
)
