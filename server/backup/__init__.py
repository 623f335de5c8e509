"""The backup of an installation: one file made while the office is open, and an installation made from it.

Called by the verbs `backup` and `restore`.
"""
