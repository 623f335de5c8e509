/** What else the supervisor's table shows, in its places: above the lists, and beside the grid. */

import { html } from "/static/lit.js";
import { alerts } from "./alerts.js";
import { shiftBook } from "./book.js";
import { helpers } from "./helpers.js";

export const above = (here) => html`${alerts(here)}`;

export const beside = (here) => html`${helpers(here)} ${shiftBook(here)}`;
