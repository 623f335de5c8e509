/** The closed vocabularies and bounds of the wire that pages list, as `server/messages/terms.py` has them; a test
 * compares. */

export const NEEDS = ["step_free", "escort", "visual_call", "hearing_loop", "interpreter"];
export const MOST_PERSONS = 20;
export const MOST_LETTERS = 400;
/** States of a ticket that will not be called any more. */
export const ENDED = ["finished", "cancelled", "expired"];
