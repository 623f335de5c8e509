"""A client for programs of others: one office, its presses, its boards as they change, its log. README.md has an example.

It may import only this folder, `device_line`, `config` and `server.messages`. The demo (`server.rehearsal`) and the
MQTT outbox (`mqtt_outbox`) use it too.
"""

from aufruf_client.client import Client, Counted, Gone, Unreachable
from aufruf_client.looks import BoardSeen
from aufruf_client.place import CutOff, LogPlace
from device_line.line import NotLetIn
from device_line.presses import NotTaken

__all__ = ["BoardSeen", "Client", "Counted", "CutOff", "Gone", "LogPlace", "NotLetIn", "NotTaken", "Unreachable"]
