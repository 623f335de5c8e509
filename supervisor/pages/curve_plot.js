/** The drawing of the day's curve with uPlot: bars of arrivals, the line of waits, the forecast as a band. Loaded by
 * curve.js only when there is something to draw. */

import uPlot from "/static/vendor/uplot-1.6.32.js";

const WIDE = 2; // px, of a line
const FADED = 0.35;

export function plotOf(box, { now, data }, { width, height, said, time }) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const [ink, line, act, soft, edge] = ["--ink-soft", "--line", "--act", "--act-soft", "--edge"].map(colour);
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const options = {
    width, height, cursor: { show: false }, legend: { show: false }, padding: [18, 20, 0, 0],
    scales: { arrivals: { range: (_, low, high) => [0, Math.max(1, high) * 3] }, y: { range: (_, low, high) =>
      [0, Math.max(10, high * 1.1)] } },
    axes: [{ ...axis, size: 26, values: (_, at) => at.map(time), grid: { show: false } },
      { ...axis, size: 34, space: 24, values: (_, at) => at.map((one) => Math.round(one)) }],
    series: [{},
      { scale: "arrivals", fill: edge + alpha(FADED), stroke: edge, width: 0, points: { show: false },
        paths: uPlot.paths.bars({ size: [0.6, 24] }) },
      { label: said.wait, stroke: act, width: WIDE, points: { show: false } },
      { stroke: act, width: WIDE, dash: [2, 6], points: { show: false } },
      { stroke: soft, width: 0, points: { show: false } }, { stroke: soft, width: 0, points: { show: false } }],
    bands: [{ series: [5, 4], fill: act + alpha(FADED / 2) }],
    hooks: { draw: [(plot) => mark(plot, now, { ink, font, text: said.now })] },
  };
  return new uPlot(options, data, box);
}

/** Two hexadecimal digits behind a colour like #0b5d8e. */
const alpha = (part) => Math.round(255 * part).toString(16).padStart(2, "0");

/** The line "jetzt". */
function mark(plot, now, { ink, font, text }) {
  if (now === null) return;
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(now, "x", true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = ink;
  ctx.fillStyle = ink;
  ctx.font = font.replace("12px", `${12 * devicePixelRatio}px`);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.fillText(text, x + 4 * devicePixelRatio, bbox.top - 4 * devicePixelRatio);
  ctx.restore();
}
