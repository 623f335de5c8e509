/** Sound files of phone and wall: the gong, and silence, which is played once so that the browser allows later
 * sounds. */

export const GONG = "/static/gong.wav";
export const SILENCE = "/static/silence.wav";
