/**
 * Every press that moves something says on which board it was chosen. If a colleague has changed the same thing
 * meanwhile, the server refuses it, and says so (`overtaken`).
 */

import { MOVES } from "./effect.js";

/** A message stands beside others: it changes nothing that somebody else could have changed. */
const touches = (type) => type === "apply_moves" || (type in MOVES && type !== "post_message");

/** A set that was chosen on an earlier board names that one itself. */
const asSeen = (command, { seq }) => (touches(command.type) ? { seen_seq: seq, ...command } : command);

/** From now on, what the page sends goes through here. */
export function sendsWhatWasSeen(here) {
  const { send, live } = here;
  here.send = (id, label, ...commands) => send(id, label, ...commands.map((command) => asSeen(command, live)));
}
