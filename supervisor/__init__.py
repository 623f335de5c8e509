"""The supervisor's table (`pages/`): one live view of the office in which every cell can be pressed."""
