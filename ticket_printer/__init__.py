"""Where a ticket is born: the kiosk page, the ticket's picture, and the agent that puts it on paper."""
