/**
 * Draws the figures of the evaluation with uPlot: the first series as bars, the others as lines with points. The tables
 * hold the same numbers, so the drawing is hidden from screen readers. A hidden number is a gap.
 */

import uPlot from "/static/vendor/uplot-1.6.32.js";

const HEIGHT = 220;
const SHOWN = 3; // more series than these stand only in the table
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();

function seriesOf(nth) {
  const points = { show: true, size: 7 };
  if (nth === 0) {
    return { fill: colour("--act"), width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.6, 40] }) };
  }
  const stroke = colour(nth === 1 ? "--ink" : "--bad");
  return { stroke, width: 2, dash: nth === 1 ? [] : [6, 4], points: { ...points, stroke, fill: stroke } };
}

function draw(figure, { rows, series }, heads, names) {
  const box = document.createElement("div");
  box.className = "plot";
  figure.hidden = false;
  figure.setAttribute("aria-hidden", "true");
  figure.append(box);
  const shown = series.slice(0, series[0] === "used" ? 1 : SHOWN); // per cent and hours do not share an axis
  const legend = document.createElement("p");
  legend.className = "legend";
  legend.append(...shown.map((_, nth) => {
    const one = document.createElement("span");
    const mark = document.createElement("i");
    mark.style.setProperty("--mark", colour(["--act", "--ink", "--bad"][nth]));
    one.append(mark, heads[nth]);
    return one;
  }));
  box.append(legend);
  const ink = colour("--ink-soft");
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: ink, font, grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  const room = box.clientWidth - 32;
  const every = Math.ceil(rows.length / Math.max(1, Math.floor(room / 64)));
  const options = {
    width: room, height: HEIGHT, cursor: { show: false }, legend: { show: false }, padding: [12, 12, 0, 0],
    scales: { x: { time: false, range: () => [-0.6, rows.length - 0.4] },
      y: { range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(1, (high ?? 0) * 1.1)] } },
    axes: [{ ...axis, size: 28, grid: { show: false }, splits: () => rows.map((_, at) => at),
      filter: (_, splits) => splits.map((at) => (at % every ? null : at)),
      values: (_, at) => at.map((one) => (one === null ? "" : names[one])) },
    { ...axis, size: 44, space: 28 }],
    series: [{}, ...shown.map((_, nth) => seriesOf(nth))],
  };
  const data = [rows.map((_, at) => at), ...shown.map((_, nth) => rows.map(([, values]) => values[nth]))];
  const plot = new uPlot(options, data, box);
  new ResizeObserver(() => {
    const width = box.clientWidth - 32;
    if (width > 0 && width !== plot.width) plot.setSize({ width, height: HEIGHT });
  }).observe(box);
}

const SHORT = 12;
const short = (text) => (text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text);

for (const one of JSON.parse(document.getElementById("figures").textContent)) {
  const figure = document.querySelector(`[data-figure="${one.id}"]`);
  if (figure) {
    const table = figure.nextElementSibling;
    const heads = [...table.querySelectorAll("thead th")].slice(1).map((head) => head.textContent);
    const names = [...table.querySelectorAll("tbody th")].map((head) => short(head.textContent.trim()));
    draw(figure, one, heads, names);
  }
}
