"""The room of personal data: how citizens with an appointment are reached. It may use SQL, cryptography, the messages and the
clock, and no other room. The log, the history and boards know nothing of it."""
