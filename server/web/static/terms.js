/** Terms and limits of the messages that pages need, the same as in `server/messages/terms.py`; a test compares
 * them. */

export const NEEDS = ["step_free", "escort", "visual_call", "hearing_loop", "interpreter", "more_room"];
export const PHRASES = ["wait", "sign", "papers", "come_back", "done"];
export const MOST_PERSONS = 20;
export const MOST_LETTERS = 400;
/** States of a ticket that will not be called again. */
export const ENDED = ["finished", "cancelled", "expired"];

/** Lengths of time on which server and pages agree. What each means is said in `server/messages/agreed.py`; a test
 * compares the values. */
export const SECOND = 1_000;
export const MINUTE = 60_000;
export const SILENCE_MS = 12_000;
export const SPOKEN_FOR_MS = 30_000;
export const RENDER_MS = 4_000;
export const TOGETHER_OVER = 3;
export const TOGETHER = 8;
export const LEASE_MS = 10_000;
export const HEARD_MS = 60_000;
export const SURE_MS = [500, 5_000];
export const SETTLE_MS = 600;
export const CLOCK_SAMPLES = 8;
export const CLOCK_SET_MS = 60_000;
