"""What citizens look at: the wall display and the personal display on a phone. Pages only (`pages/`); they draw the boards they are given."""
