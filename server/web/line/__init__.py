"""One connection of a browser or a device: how it is served, what its other side may leave undone, and who the other side is."""
