"""Runs the forecast: one worker process per node, and a keeper that holds its answers ready for boards and presses."""
