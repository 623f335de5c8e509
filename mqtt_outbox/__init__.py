"""The MQTT outbox (`aufruf mqtt`): what lamps, door signs and displays of others need to know of an office, and buttons.

A process of its own, anywhere in the network. It follows one office by `aufruf_client` and keeps an MQTT broker up to date;
numbers only, never names. It may import only this folder, `aufruf_client`, `device_line`, `config` and `server.messages`.
"""
