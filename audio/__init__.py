"""The voice in the waiting room: the text, the voices, one sound file per call, and the agent that plays it.

It may import only this folder, `config` (words), `server.messages` and `device_line`. The server uses `audio.studio`
and `audio.texts`.
"""
