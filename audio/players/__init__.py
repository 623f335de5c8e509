"""Where sound comes out: one module per way, behind the seam of `player.py`. Used by the announcer agent only."""
