"""A real office and real browsers for the pages under `/admin`."""

from tests.story.conftest import chromium, shared_office, visitors

__all__ = ["chromium", "shared_office", "visitors"]
