"""How many appointments an office carries, for the page of evaluation. The days are lived in a process of its own, which ends
with the answer; one study at a time. Made by wiring."""

import structlog
from msgspec.msgpack import Decoder, encode

from audio.worker import Worker, WorkerFault
from server.messages.office import Office
from server.messages.problems import Refusal
from server.messages.slot_study import SlotsAsked, SlotStudy
from server.slot_study_process import Ask, Studied

LIMIT_S = 60.0
"""Seconds for one study: eight days, lived up to eight times. A process that takes longer is killed."""

_log = structlog.get_logger("aufruf.server")
_answer = Decoder(Studied).decode


class SlotStudies:
    """One per node."""

    def __init__(self, module: str = "server.slot_study_process") -> None:
        self._module, self._busy = module, False

    async def asked(self, office: Office, asked: SlotsAsked) -> SlotStudy | Refusal:
        if self._busy:
            return Refusal(code="too_many", detail="another office is being simulated; ask again in a moment")
        self._busy, worker = True, Worker(self._module)
        try:
            found = _answer(await worker.ask(encode(Ask(office, asked)), LIMIT_S)).found
        except WorkerFault as fault:
            _log.warning("no study of appointments", office=office.id, reason=str(fault))
            return Refusal(code="starting", detail="the simulation does not answer; ask again in a moment")
        finally:
            await worker.close()
            self._busy = False
        return found or Refusal(code="wrong_state", detail="the office has no opening hours, or nobody came")
