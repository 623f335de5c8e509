/**
 * How many calls a wall can show at once so that each number can be read from the farthest seat: its digits are seen
 * under at least 0.7 degree (EN 301 549 5.1.4; 122 mm at 10 m). The office file gives diagonal and distance. The same
 * rule in Python, for `aufruf check` and the plain wall: server/messages/legible.py. Pure. Used by wall.js.
 */

const DEGREES = 0.7;
const DIGIT_EM = 0.7275; // height of Inter's digits
const [INCH_MM, METRE_MM] = [25.4, 1e3];
const ONE_COLUMN = 6; // rows that stand below each other on a screen that is wider than high
const STACKED = 2.1; // a row that is not wider than this has its number above the place; as in wall.css
/** The largest number beside its place or above it, as in wall.css: of the row's height, and of its width divided by
 * the signs of the number. */
const [BESIDE, ABOVE] = [{ high: 1.12, wide: 0.92 }, { high: 0.7, wide: 1.3 }];

/** @returns px of font size; `view`: {width, height} of the whole screen, px */
export function needed({ diagonal, distance }, view) {
  const digit = 2 * distance * METRE_MM * Math.tan((DEGREES / 2) * (Math.PI / 180));
  const px = Math.hypot(view.width, view.height) / (diagonal * INCH_MM); // per mm
  return (digit * px) / DIGIT_EM;
}

/** The columns in which so many places stand. */
const usual = (size, wide) => (wide && size > ONE_COLUMN ? 2 : 1);

/** `area`: {width, height, gap, wide} in px. @returns the largest number in each of `size` rows, px of font size */
function largest(area, size, columns, signs) {
  const rows = Math.ceil(size / columns);
  const high = (area.height - area.gap * (rows - 1)) / rows;
  const wide = (area.width - area.gap * (columns - 1)) / columns;
  const most = wide / high <= STACKED ? ABOVE : BESIDE;
  return Math.min(most.high * high, (most.wide * wide) / signs);
}

/** The columns for so many places: as usual, if the numbers are large enough, else one less or more if that helps. */
export function columns(area, size, signs, need) {
  const first = usual(size, area.wide);
  if (!area.wide || size < 2 || largest(area, size, first, signs) >= need) return first;
  return largest(area, size, 3 - first, signs) > largest(area, size, first, signs) ? 3 - first : first;
}

/** How many of `lines` calls can be shown at once; one at least. */
export function readable(area, lines, signs, need) {
  for (let size = lines; size > 1; size -= 1)
    if (largest(area, size, columns(area, size, signs, need), signs) >= need) return size;
  return 1;
}
