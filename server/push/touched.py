"""Which tickets an event is about: their phones are told at once, all others at their pace."""

from server.messages import events


def touched_tickets(event: events.Event) -> tuple[str, ...]:
    if isinstance(event, events.OfTicket):
        return (event.ticket,)
    if isinstance(event, events.TicketsMoved):
        return event.tickets
    if isinstance(event, events.Undone):
        return tuple(ticket.id for ticket in event.tickets)
    return ()
