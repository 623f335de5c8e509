"""Runs the forecast: one worker process per node, and who keeps what it said for boards and presses."""
