"""Measured speed. Each line prints a figure and its ratio to a minimum, or to another solution, measured in the same run.

`python -m bench` runs all and writes docs/numbers.md; `python -m bench NAME` one; `--quick` only shows that all of it runs.
"""
