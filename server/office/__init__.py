"""The pure core: state, decide, evolve, who is next, boards. No clock, no I/O, no other room but messages."""
