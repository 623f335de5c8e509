/** What else the supervisor's table shows, in its places: above the lists, and beside the grid. */

import { html } from "/static/lit.js";
import { advice } from "./advice.js";
import { alerts } from "./alerts.js";
import { shiftBook } from "./book.js";
import { helpers } from "./helpers.js";
import { rules } from "./rules.js";
import { situations } from "./situations.js";

export const above = (here) => html`${alerts(here)} ${advice(here)} ${here.whatIf.draw()}`;

export const beside = (here) => html`${situations(here)} ${helpers(here)} ${rules(here)} ${shiftBook(here)}`;
