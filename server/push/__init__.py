"""The way from a new event to every connected device: outboxes, views, the order of sending, beats, presence, leases.

It knows messages, the boards of `server.office`, the desk's interface and ports; no web framework, no store, no SQL.
"""
