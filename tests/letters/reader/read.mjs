// Reads a calendar file from stdin with ical.js and says as JSON what a calendar would understand.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one, { strictExceptions: true });
  return {
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    summary: event.summary,
    location: event.location,
    description: event.description,
    status: one.getFirstPropertyValue("status"),
    url: one.getFirstPropertyValue("url"),
    organizer: event.organizer,
    attendees: event.attendees.map((who) => who.getFirstValue()),
  };
});
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
