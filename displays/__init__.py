"""What citizens look at: the wall display and the personal display on a phone.

Pages only, in `pages/`: they draw the boards they are given and compute nothing but layout.
"""
