"""The counter page on a stage: `stage` plays the server, `visitor` opens the page in Chromium. The terminal counter on
a scripted line: `office`, `counter`."""

from tests.counter_client.terminal_line import counter, office
from tests.staff_pages.fixtures import chrome, house, stage, visitor

__all__ = ["chrome", "counter", "house", "office", "stage", "visitor"]
