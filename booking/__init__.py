"""Where appointments are booked: the pages, drawn by the server. Commands and events are in the core."""
