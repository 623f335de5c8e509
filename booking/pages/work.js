/**
 * A little work before a slot is held, done in the background while a person reads the list: it keeps programs
 * from hoarding slots. It looks for a number so that SHA-256 of "challenge.number" begins with zeros. Who presses
 * earlier waits for it. Own SHA-256 of one block: the browser's is slower for so little, and there only over https.
 */

const SHARE_MS = 25; // of each turn; between two turns the page answers to presses
const form = document.querySelector("form.days");
const status = document.getElementById("work");

const constants = () => {
  const roots = { words: [], start: [] };
  for (let number = 2; roots.words.length < 64; number += 1) {
    let prime = true;
    for (let by = 2; by * by <= number; by += 1) if (number % by === 0) prime = false;
    if (!prime) continue;
    if (roots.start.length < 8) roots.start.push(((number ** 0.5) % 1) * 2 ** 32 | 0);
    roots.words.push(((number ** (1 / 3)) % 1) * 2 ** 32 | 0);
  }
  return roots;
};
const { words: K, start: START } = constants();
const W = new Int32Array(64);
const turn = (x, by) => (x >>> by) | (x << (32 - by));

/** The first 32 bits of the SHA-256 of at most 55 ASCII characters. */
export function firstWord(text) {
  W.fill(0, 0, 16);
  for (let at = 0; at < text.length; at += 1) W[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
  W[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  W[15] = 8 * text.length;
  for (let at = 16; at < 64; at += 1) {
    const x = W[at - 15];
    const y = W[at - 2];
    const mixed = (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    W[at] = W[at - 16] + W[at - 7] + mixed;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[at] + W[at]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  return (a + START[0]) >>> 0;
}

/** Calls `found` with the number, some time later. */
function look(challenge, bits, found) {
  let number = 0;
  const most = 2 ** (32 - bits);
  const some = () => {
    const until = performance.now() + SHARE_MS;
    while (performance.now() < until)
      for (let many = 0; many < 200; many += 1, number += 1)
        if (firstWord(`${challenge}.${number}`) < most) return found(number);
    return setTimeout(some, 0);
  };
  some();
}

/** Works for this form, and sends a press that came too early when the work is done. */
function work() {
  let pressed = null;
  let done = false;
  form.addEventListener("submit", (event) => {
    if (done) return;
    event.preventDefault();
    pressed = event.submitter ?? document.activeElement;
    status.textContent = status.dataset.text;
  });
  look(form.elements.work.value, Number(form.elements.answer.dataset.bits), (number) => {
    form.elements.answer.value = number;
    done = true;
    status.textContent = "";
    pressed?.click();
  });
}

if (form?.elements.answer) work();
