"""What citizens look at: the wall display and the personal display on a phone.

Only pages, in `pages/`: they draw the boards they get, and compute nothing but layout.
"""
