/** The files that phone and wall play: the gong, and a silence by which a browser lets a page sound from then on. */

export const GONG = "/static/gong.wav";
export const SILENCE = "/static/silence.wav";
