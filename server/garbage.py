"""Makes Python search for garbage in cycles seldom, and never among the objects that a node is built of. For wiring and benches.

Reference counts free nearly everything here. A full search visits all living objects, and nobody is served meanwhile: with the
default thresholds it came every few hundred presses in a growing office, and took 95 to 320 ms on a full server.
"""

import gc

YOUNG, OLDER, ALL = 20_000, 20, 50
"""New containers (net) before the youngest generation is searched; then how many searches of one generation come before one
of the next."""


def seldom() -> None:
    """Called at the start of a process."""
    gc.set_threshold(YOUNG, OLDER, ALL)


def settled() -> None:
    """Called when a node is built: all objects that live now live as long as the process, and are not searched any more."""
    gc.freeze()
