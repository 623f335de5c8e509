"""Simulated days: citizens and clerks who use the public contract only."""
