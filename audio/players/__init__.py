"""Ways to play sound, one module each, with the interface in `player.py`. Used only by the announcer agent."""
