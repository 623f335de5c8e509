"""One desk per office: takes a command, decides, appends, folds, tells."""
