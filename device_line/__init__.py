"""The one line from a box to its server: its address, who it is there, one live socket, its presses and their keys.

May import only this folder, `config` and `server.messages`. Used by the announcer, the printer agent, the terminal counter
and `aufruf press`; each of them keeps only what its frames mean.
"""
