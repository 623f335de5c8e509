"""The room of access: who may do what. Tokens, accounts, sessions, links, and the gate that turns them into an `Actor`.

It may use SQL, argon2, the messages and the clock; never web, Redis or the office. Wiring makes it, web asks it.
"""
