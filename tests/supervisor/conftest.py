"""The supervisor's table on a stage: `stage` plays the server, `visitor` opens the page in Chromium."""

from tests.staff_pages.fixtures import chrome, house, stage, visitor

__all__ = ["chrome", "house", "stage", "visitor"]
