"""The server's doors: HTTP routes, the live socket, pages, static files. Starlette lives here and nowhere else.

Parses, asks the desk, the hub or access, answers. Decides nothing.
"""
