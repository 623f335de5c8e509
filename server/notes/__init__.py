"""The room of notes: what colleagues write on a ticket. It may use SQL, the messages and the clock, and no other room."""
