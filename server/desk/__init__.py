"""One desk per office: it takes a command, decides it, appends the events to the log, folds them and tells the watchers."""
