/** Printing at reception: at any printer of the office. This machine remembers the one that was used last. */

import { html, nothing } from "/static/lit.js";
import { mayTicket } from "/static/staff/may.js";

const KEPT = "aufruf-reception-printer";

export const printersOf = (board) => board.devices.filter((device) => device.kind === "printer");

export const keepPrinter = (id) => localStorage.setItem(KEPT, id);

/** The printer used last here, else the first; empty if the last number was given out without paper. */
export function keptPrinter(board) {
  const [first] = printersOf(board);
  const kept = localStorage.getItem(KEPT) ?? first?.id ?? "";
  return kept === "" || printersOf(board).some(({ id }) => id === kept) ? kept : first?.id ?? "";
}

/** Whether it does not answer. */
const silent = ({ state }) => state !== "online";

/** A choice of printer; one that does not answer says so. @param {string} [none] what choosing none is called */
export function printerField({ words, board }, id, chosen, none) {
  const found = printersOf(board);
  if (!found.length) return nothing;
  return html`<p class="field"><label for=${id}>${words.text("desk-printer")}</label>
    <select id=${id} name="printer">${found.map((one) => html`<option value=${one.id}
      ?selected=${one.id === chosen}>${silent(one) ? words.text("desk-printer-silent", { printer: one.name })
    : one.name}</option>`)}
      ${none ? html`<option value="" ?selected=${!chosen}>${none}</option>` : nothing}</select></p>`;
}

/** Where a ticket is printed, in words: "Papier: Eingang"; "Papier: Eingang meldet sich nicht". */
export function printText({ words, board }, id) {
  const printer = printersOf(board).find((one) => one.id === id);
  if (!printer) return "";
  return silent(printer) ? words.text("desk-printer-silent", { printer: printer.name }) : printer.name;
}

/** Prints a ticket once more. As a printer is named, it does not matter whether a kiosk with one has issued it. */
export function printField(here, ticket) {
  const { words, board, ask, send } = here;
  if (!mayTicket({ ...board, not_printed: [] }, { ...ticket, not_printed: false }, "print_ticket")) return nothing;
  if (!printersOf(board).length) return nothing;
  const print = (event) => {
    const printer = event.target.closest(".print").querySelector("select").value;
    keepPrinter(printer);
    ask.close();
    send(`print-${ticket.id}`, `${ticket.number}: ${words.text("counter-act-print")}`,
      { type: "print_ticket", ticket: ticket.id, printer });
  };
  return html`<div class="print">${printerField(here, `at-${ticket.id}`, keptPrinter(board))}
    <button type="button" class="button" data-offer="print-at" @click=${print}>
      ${words.text("counter-act-print")}</button></div>`;
}
