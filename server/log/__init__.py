"""The room of the log: its port, the Redis log, the in-memory twin, the embedded store, presence and leases.

May touch Redis, the file system and child processes. The desk and push know only `port` and `presence_port`;
wiring picks the rest.
"""
