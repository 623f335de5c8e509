"""Lengths of time on which both ends of a line must agree: the server, and the devices and pages that it serves.

Python imports them from here. Pages have the same in `server/web/static/terms.js`; a test compares them.
"""

from server.messages.instants import MINUTE, SECOND

BEAT_MS = 5 * SECOND
"""How often the server says that it is alive."""
SILENCE_MS = 12 * SECOND
"""Without any frame for this long, more than two beats, the line is taken for dead and opened again."""
STALE_AFTER_MS = 15 * SECOND
"""A press older than this is refused: the waiting room has changed since somebody looked. Its sender gives it up by then."""
SPOKEN_FOR_MS = 30 * SECOND
"""How long a call may still be spoken. Older speech could send people to a counter that has called somebody else; displays
still show the call."""
RENDER_MS = 4 * SECOND
"""How long a player waits for a file that is not made yet: a new one takes 0.2 s, a hanging voice 3 s. Then it plays the gong
alone."""
TOGETHER_OVER, TOGETHER = 3, 8
"""If more announcements than the first number wait in a zone, at most the second are said briefly after one gong: else the last
would be too old to be said. Eight are twenty seconds of numbers."""
LEASE_MS = 10 * SECOND
"""How long the right to speak in a zone lasts: a speaker that died may have spoken until at most this long ago."""
JOB_LIFE_MS = 2 * MINUTE
"""A ticket that was not printed within this time is not printed any more: its owner has gone to the reception, or has taken
another one."""
DOOR_MS = 5 * MINUTE
"""How long the code at the door stays the same. The one before it counts too: somebody may have read it just before."""
HEARD_MS = MINUTE
"""How long a silent alarm is shown that was heard as a frame, if its entry in the log never comes (no store)."""
SURE_MS = (500, 5 * SECOND)
"""Between these, a second press of the alarm's button raises it: an earlier one may be an accidental double press, and after
that time the question is forgotten."""
SETTLE_MS = 600
"""For this long the big button does nothing after its meaning has changed: a second press was meant for the old one."""
RESTART_TOLD_MS = 10 * MINUTE
"""How long the restart of a part of a device or node is shown, as a reason to look after it."""
CLOCK_SAMPLES = 8
"""A device compares this many times of the server, and takes the one that came with the least delay."""
CLOCK_SET_MS = MINUTE
"""A larger difference between two times of the server cannot be delay: the office's time was corrected."""
