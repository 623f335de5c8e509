/**
 * Draws the plots of the report from the figures in the page: bars per hour or week, the value above, its name below.
 * The tables hold the same figures, so the drawing is hidden from screen readers.
 */

const HEIGHT = 170;
const HEAD = 18; // space for the value above the highest bar
const FOOT = 18; // and for the hour below
const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** One plot: `points` are {name, value}; a null value is hidden for privacy and has no bar. */
function plot(title, points, width) {
  const box = document.createElement("div");
  box.className = "plot";
  const words = document.createElement("p");
  words.textContent = title;
  const drawn = svg("svg", { viewBox: `0 0 ${width} ${HEIGHT}` });
  const most = Math.max(1, ...points.map((point) => point.value ?? 0));
  const step = width / points.length;
  const room = HEIGHT - HEAD - FOOT;
  points.forEach((point, place) => {
    const middle = (place + 0.5) * step;
    const height = ((point.value ?? 0) / most) * room;
    const top = HEIGHT - FOOT - height;
    if (point.value !== null) {
      const broad = Math.min(44, step * 0.7);
      drawn.append(svg("rect", { class: "bar-of", x: middle - broad / 2, y: top, width: broad, height, rx: 3 }));
      drawn.append(svg("text", { class: "value", x: middle, y: top - 5 }, String(Math.round(point.value))));
    }
    drawn.append(svg("text", { x: middle, y: HEIGHT - 4 }, String(point.name)));
  });
  drawn.append(svg("line", { class: "axis", x1: 0, x2: width, y1: HEIGHT - FOOT, y2: HEIGHT - FOOT }));
  box.append(words, drawn);
  return box;
}

/** Draws plots into a figure; each is [title, points]. Two stand beside each other where there is room. */
function draw(figure, plots) {
  figure.setAttribute("aria-hidden", "true");
  figure.hidden = false;
  // Drawn for the width that the page has, so that its words are as large as those around it.
  const whole = figure.clientWidth;
  const width = whole > 760 && plots.length > 1 ? whole / 2 - 48 : whole - 32;
  figure.append(...plots.map(([title, points]) => plot(title, points, width)));
}

const { hours, weeks } = JSON.parse(document.getElementById("figures").textContent);
const day = document.getElementById("plot");
if (day && hours.length > 0) {
  draw(day, [
    [day.dataset.tickets, hours.map(({ hour, tickets }) => ({ name: hour, value: tickets }))],
    [day.dataset.wait, hours.map(({ hour, wait }) => ({ name: hour, value: wait }))],
  ]);
}
const told = document.getElementById("told-plot");
if (told) draw(told, [[told.dataset.covered, weeks.map(({ week, covered }) => ({ name: week, value: covered }))]]);
