/**
 * What a person pressed last: the name of a key, or "tap" for a pointer. A screen reader's press counts as Enter, like
 * Enter and Space on a button. Used to tell a repeat of the same press from another one.
 */

let last = "";

addEventListener("keydown", ({ key, repeat }) => {
  if (!repeat) last = key === " " ? "Enter" : named(key);
}, { capture: true });
addEventListener("click", ({ detail }) => {
  if (detail > 0) last = "tap";
}, { capture: true });
/** A key that is held down presses its button only once. */
addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Enter" && event.target.closest?.("button")) event.preventDefault();
});

const named = (key) => (key.length === 1 ? key.toUpperCase() : key);

export const lastPress = () => last;
