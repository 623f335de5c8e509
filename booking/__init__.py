"""Where appointments are booked. Commands and events are in the core; the booking page and the phone desk will be here."""
