"""When Python looks for garbage in cycles: seldom, and never among what a node is made of. For wiring, and for benches.

Reference counts free nearly everything here. A full search walks all that lives, with nobody served meanwhile: with the
default thresholds it came every few hundred presses of a growing office, and took 95 to 320 ms of a full server.
"""

import gc

YOUNG, OLDER, ALL = 20_000, 20, 50
"""New containers (net) before the young are searched; then how many such searches before the next generation's."""


def seldom() -> None:
    """From the start of a process on."""
    gc.set_threshold(YOUNG, OLDER, ALL)


def settled() -> None:
    """What lives now lives as long as the process: it is not walked again."""
    gc.freeze()
