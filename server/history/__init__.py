"""The room of the history: the historian, its SQL tables and migrations, and the reports.

It may use SQL and the messages. It reads the logs through a port; wiring starts it, web asks for its reports.
"""
