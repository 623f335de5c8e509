/** What the supervisor's table shows in each of its places: above the lists, beside the grid, and around. */

import { html } from "/static/lit.js";
import { advice } from "./advice.js";
import { alerts } from "./alerts.js";
import { messages } from "./around.js";
import { devices } from "./devices.js";
import { shiftBook } from "./book.js";
import { helpers } from "./helpers.js";
import { moves } from "./moves.js";
import { rules } from "./rules.js";
import { situations } from "./situations.js";
import { sound } from "./sound.js";
import { webhooks } from "./webhooks.js";

export const above = (here) => html`${alerts(here)} ${advice(here)}`;

export const beside = (here) => html`${situations(here)} ${helpers(here)} ${shiftBook(here)} ${moves(here)}`;

export const around = (here) =>
  html`${webhooks(here)} ${messages(here)} ${sound(here)} ${devices(here)} ${rules(here)}`;
