"""Computes how long everybody still waits, by simulating the office from its state. Pure; only here NumPy and scipy.special.

It imports the order of call that production uses. Only the code that runs it and the replay of traces import it.
"""
