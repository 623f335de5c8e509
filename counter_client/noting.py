"""A note on the ticket in hand, written at a terminal counter: kept over HTTP as from the page, never in the log. Used by
`terminal` and `screens`.
"""

from typing import get_args
from urllib.parse import quote

import httpx

from config.words import Words
from counter_client.press import refusal_text
from device_line.address import Address
from server.messages.terms import FreeText

_, _bound = get_args(FreeText)
MOST_LETTERS: int = _bound.max_length
ANSWER_S = 4.0


async def keep_note(address: Address, office: str, ticket: str, text: str, words: Words) -> str:
    """Keeps it, or deletes it if `text` is empty. What the clerk must know if that did not work, else ""."""
    where = f"/api/v1/offices/{quote(office, safe='')}/tickets/{quote(ticket, safe='')}/note"
    try:
        async with address.asking(ANSWER_S) as http:
            answer = await (http.put(where, json={"text": text}) if text else http.delete(where))
    except httpx.HTTPError:
        return words.text("common-unanswered")
    if answer.is_success:
        return ""
    try:
        problem = answer.json()
    except ValueError:
        return words.text("common-unanswered")
    return refusal_text(words, problem if isinstance(problem, dict) else {})
