/**
 * What a clerk can do now: turns the counter's board into a list of acts, each with its key and its commands. Pure.
 * The board's `may` says what the server accepts now; this module adds name and key, and says which act is the big one.
 */

/** The state of the counter as this clerk sees it: taken, closed, paused, wrap_up, free, called, serving. */
export function mode(board) {
  const { counter, current } = board;
  if (counter.state !== "closed" && counter.held && !counter.holder_is_me) return "taken";
  if (current) return current.state === "called" ? "called" : "serving";
  return counter.state === "open" ? "free" : counter.state;
}

/** Services of the current ticket that a finish ends. Services given to the counter since count from the next call. */
export const mine = ({ current }) => current.in_hand;

/** The services a clerk has ticked as done; all of mine until one is unticked. `unticked` is a Set of ids. */
const ticked = (board, unticked) => mine(board).filter((id) => !unticked.has(id));

/** The services that were done, sent only if some of mine were not. */
function part(board, unticked) {
  const done = ticked(board, unticked);
  return done.length < mine(board).length ? { services_done: done } : {};
}

const finishing = (board, unticked, more = {}) => (
  { type: "finish_service", counter: board.counter.id, ...part(board, unticked), ...more });

/** Finish and next call as one press, so that one undo takes back both. */
const finishingNext = (board, unticked) => (
  [{ type: "call_next", counter: board.counter.id, finish_current: true, ...part(board, unticked) }]);

const ACTS = {
  taken: ({ id }) => [{ id: "take-over", key: "Enter", send: [{ type: "take_over_counter", counter: id }] }],
  closed: ({ id, opening }) => [
    { id: "open", key: "Enter",
      send: [{ type: "open_counter", counter: id, ...(opening ? { services: opening } : {}) }],
      off: opening?.length === 0 },
  ],
  paused: ({ id }) => [
    { id: "resume", key: "Enter", also: "P", send: [{ type: "resume_counter", counter: id }] },
    { id: "close", key: "X", head: true, send: [{ type: "close_counter", counter: id }] },
  ],
  wrap_up: ({ id }) => [
    { id: "next", key: "Enter", send: [{ type: "call_next", counter: id }] },
    { id: "ready", key: "W", send: [{ type: "resume_counter", counter: id }] },
    { id: "direct", key: "D", ask: "direct", type: "serve_direct" },
    ...away(id),
  ],
  free: ({ id, ready }) => [
    { id: "next", key: "Enter", send: [{ type: "call_next", counter: id }] },
    ...(ready?.possible ? [{ id: ready.on ? "not-ready" : "ready-for", key: "G", type: "call_next",
      turn: () => ready.turn() }] : []),
    { id: "direct", key: "D", ask: "direct", type: "serve_direct" },
    { id: "wrap-up", key: "W", head: true, send: [{ type: "begin_wrap_up", counter: id }] },
    ...away(id),
  ],
  called: ({ id, board, unticked }) => [
    { id: "arrived", key: "Enter", also: "A", send: [{ type: "start_service", counter: id }] },
    { id: "repeat", key: "R", send: [{ type: "repeat_call", counter: id }] },
    { id: "missed", key: "M", ...(unseen(board) ? { ask: "missed", type: "mark_missed" }
      : { send: [{ type: "mark_missed", counter: id }] }) },
    { id: "withdraw", key: "Z", send: [{ type: "withdraw_call", counter: id }] },
    { id: "finish-next", key: "F", send: finishingNext(board, unticked) },
    { id: "transfer", key: "T", ask: "transfer", type: "transfer_ticket" },
  ],
  serving: ({ id, board, unticked }) => [
    { id: "finish-next", key: "Enter", send: finishingNext(board, unticked), off: none(board, unticked) },
    { id: "finish", key: "F", send: [finishing(board, unticked)], off: none(board, unticked) },
    { id: "park", key: "K", send: [{ type: "park_ticket", counter: id }] },
    { id: "transfer", key: "T", ask: "transfer", type: "transfer_ticket" },
    ...(board.over_desk ? [{ id: "phrase", key: "H", ask: "phrase", side: true, type: "show_phrase" }] : []),
    { id: "print", key: "J", side: true, send: [{ type: "print_ticket", ticket: board.current.ticket }] },
    { id: "without", key: "B", ask: "without", side: true, type: "finish_service" },
    { id: "finish-wrap-up", key: "W", head: true, send: [finishing(board, unticked, { wrap_up: true })],
      off: none(board, unticked) },
    board.counter.coming_pause
      ? { id: "no-pause", key: "P", head: true, send: [{ type: "resume_counter", counter: id }] }
      : { id: "pause-after", key: "P", head: true, ask: "pause", type: "pause_counter" },
  ],
};

/** Whether no screen has shown the call yet: then "not here" asks first. */
const unseen = ({ current }) => current.displays > 0 && !current.seen_on.length;

const away = (id) => [
  { id: "pause", key: "P", head: true, ask: "pause", type: "pause_counter" },
  { id: "close", key: "X", head: true, send: [{ type: "close_counter", counter: id }] },
];

/** Whether nothing is ticked of what could be; at a station there is nothing to tick. */
const none = (board, unticked) => mine(board).length > 0 && ticked(board, unticked).length === 0;

const OTHER_KEYS = { P: ["resume", "no-pause"], A: ["arrived"], U: ["undo"], N: ["note"], E: ["services"] };

/** Every key of every state with the acts that it presses: {F: ["finish-next", "finish"], ...}. */
export function everyKey() {
  const board = { over_desk: true, counter: {}, current: { services: [], in_hand: [] } };
  const found = Object.values(ACTS).flatMap((list) =>
    list({ id: "", board, unticked: new Set(), ready: { possible: true } }));
  const keys = {};
  for (const { key, id } of found) keys[key] = [...new Set([...keys[key] ?? [], id])];
  for (const [key, ids] of Object.entries(OTHER_KEYS)) keys[key] = [...new Set([...keys[key] ?? [], ...ids])];
  return keys;
}

const type = (act) => act.type ?? act.send[0].type;

/** The acts of a board, the one for the big button first; that one is switched off, not left out, if it may not be
 * pressed. Each: {id, key, also?, send: [commands] | ask: dialog | turn: a function, and the `type` these end in,
 * head?, side?, off?}.
 * @param {{unticked: Set<string>, opening: string[]|null}} chosen what the clerk has ticked */
export function acts(board, chosen) {
  const [first, ...others] = ACTS[mode(board)]({ id: board.counter.id, board, ...chosen });
  const pauses = board.counter.coming_pause && first.id === "finish-next";
  const big = pauses ? pausing(board, chosen.unticked, first) : first;
  const may = (act) => board.may.includes(type(act));
  return [may(big) ? big : { ...big, off: true }, ...others.filter(may)];
}

const pausing = (board, unticked, big) => ({ ...big, id: "finish-pause", send: [finishing(board, unticked)] });
