"""Where tickets are issued: the kiosk page, the picture of a ticket, and the agent that prints it."""
