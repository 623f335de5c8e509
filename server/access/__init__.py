"""The room of access: who may do what. Tokens, accounts, sessions, links, and the gate that makes an `Actor` of them.

May touch SQL, argon2, the messages and the clock; never web, Redis or the office. Wiring makes it, web asks it.
"""
