"""The room of the history: the historian, its SQL tables and migrations, and the reports.

May touch SQL and the messages. Reads the logs through a port; wiring starts it, web asks its reports.
"""
