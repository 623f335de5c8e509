"""The one line from a device to its server: the address, what its token is for, one live socket, presses and their keys.

It may import only this folder, `config` and `server.messages`. Used by the announcer, the printer agent, the terminal counter
and `aufruf press`; each of them adds only the meaning of its frames.
"""
