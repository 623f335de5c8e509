"""The supervisor's table (`pages/`): one live picture of the office in which every cell is a move."""
