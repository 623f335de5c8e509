"""The voice in the room: what is said, with which voice, as one sound file, and the agent that plays it.

May import only this folder, `config` (words), `server.messages` and `device_line`. The server uses `audio.studio`
and `audio.texts`.
"""
