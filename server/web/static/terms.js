/** Terms and limits of the messages that pages need, the same as in `server/messages/terms.py`; a test compares
 * them. */

export const NEEDS = ["step_free", "escort", "visual_call", "hearing_loop", "interpreter"];
export const MOST_PERSONS = 20;
export const MOST_LETTERS = 400;
/** States of a ticket that will not be called again. */
export const ENDED = ["finished", "cancelled", "expired"];
