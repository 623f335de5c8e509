"""Measured speed: each line prints a figure and its ratio to a floor, or to what a city could pick instead, of the same run.

`python -m bench` runs all and writes docs/numbers.md; `python -m bench NAME` one; `--quick` only shows that all of it runs.
"""
