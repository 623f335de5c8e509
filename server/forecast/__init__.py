"""How long everybody still waits, by simulating the office from its state. Pure; NumPy and scipy.special only here.

Imports the production order of call; nothing imports it but what runs it and what replays a trace.
"""
