"""Where an appointment is born. The commands and events are in the core; the booking page and the phone desk come here."""
