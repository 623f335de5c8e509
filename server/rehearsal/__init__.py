"""Days lived on trial: simulated citizens and clerks, through the public contract only."""
