// The coverage as a page: plain tables and buttons, so that keyboards and screen readers find their way.

import type { Coverage, Place, Summary } from "../protocol.ts";
import { count } from "../words.ts";
import { type Cell, type Column, type Look, type Matrix, matrix, type Row } from "./matrix.ts";

/** A product to choose from. */
export interface Choice {
  readonly label: string;
  readonly isShown: boolean;
}

/** A page, and where the buttons on it lead: the number on a button is one in this list. */
export interface Page {
  readonly html: string;
  readonly places: readonly Place[];
}

export function escaped(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replaceAll(/[&<>"']/g, (character) => names[character] ?? character);
}

/** What stands in the page around what changes. */
export function frame(nonce: string, source: string, style: string, script: string, content: string): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Team Coverage</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body>
<main>${content}</main>
<script nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>`;
}

/** What is shown where there is nothing to show. */
export function emptyPage(message: string): Page {
  return { html: `<h1>Team Coverage</h1><p class="nothing">${escaped(message)}</p>`, places: [] };
}

/** Who answers for what in a product; `home` is where the product stands. */
export function page(coverage: Coverage, choices: readonly Choice[], home?: Place): Page {
  const places: Place[] = [];
  const button: Button = (place, classes, label, content) => {
    if (place === undefined) return `<span class="${classes}" role="img" aria-label="${escaped(label)}">${content}</span>`;
    const at = places.push(place) - 1;
    const name = escaped(label);
    return `<button type="button" class="${classes}" data-at="${at}" aria-label="${name}" title="${name}">${content}</button>`;
  };
  const table = matrix(coverage);
  const html = `<header>
<h1>Who answers for what: ${chooser(table, choices)}</h1>
<p class="about">${escaped(about(coverage))}</p>
${chips(coverage.summary)}
</header>
${table.columns.length === 0 ? `<p class="nothing">No seat here has to do with a duty of the catalog.</p>` : tableOf(table, button, home)}
${others(table, button)}
${legend()}`;
  return { html, places };
}

type Button = (place: Place | undefined, classes: string, label: string, content: string) => string;

function chooser(table: Matrix, choices: readonly Choice[]): string {
  if (choices.length < 2) return escaped(table.title);
  const options = choices.map(
    ({ label, isShown }, at) => `<option value="${at}"${isShown ? " selected" : ""}>${escaped(label)}</option>`,
  );
  return `<select id="product" aria-label="Product or team">${options.join("")}</select>`;
}

function about(coverage: Coverage): string {
  const teams =
    coverage.kind === "product" ? `, ${count(coverage.teams.length, "team")}` : ", a team without a product";
  const undefinedToo = coverage.defined ? "" : " No file defines this product, so nobody knows what its own seats hold.";
  return `Model “${coverage.model}”${teams}.${undefinedToo}`;
}

function chips(summary: Summary): string {
  const chip = (number: number, kind: string, one: string, several: string) =>
    number === 0 ? "" : `<li class="chip ${kind}"><b>${number}</b> ${number === 1 ? one : several}</li>`;
  const all = [
    `<li class="chip ${summary.needed > 0 && summary.covered === summary.needed ? "good" : ""}"><b>${summary.covered}</b> of ${count(summary.needed, "duty", "duties")} covered</li>`,
    chip(summary.open, "bad", "has nobody", "have nobody"),
    chip(summary.empty, "bad", "only on an empty seat", "only on empty seats"),
    chip(summary.clashes, "bad", "held twice", "held twice"),
    chip(summary.misplaced, "odd", "on another seat than the catalog says", "on other seats than the catalog says"),
    chip(summary.unclear, "odd", "not clear", "not clear"),
  ];
  return `<div class="bar"><ul class="chips" aria-label="Summary">${all.join("")}</ul>
<label class="filter"><input type="checkbox" id="filter"> Only what needs a look</label></div>`;
}

function tableOf(table: Matrix, button: Button, home: Place | undefined): string {
  const heads = table.columns.map((column) => `<th scope="col">${head(column, button)}</th>`);
  const bodies = table.sections.map(
    ({ owner, rows }) => `<tbody${rows.some((row) => row.needsAttention) ? "" : ` class="calm"`}>
<tr class="owner"><th scope="rowgroup" colspan="${table.columns.length + 2}">${escaped(owner)}</th></tr>
${rows.map((row) => rowOf(row, table.columns, button, home)).join("\n")}
</tbody>`,
  );
  return `<div class="wide"><table>
<caption class="unseen">Duties by seats. Use the arrow keys to move between marks, and Enter to go to the line.</caption>
<thead><tr><th scope="col" class="corner">Duty</th><th scope="col" class="result">Somebody?</th>${heads.join("")}</tr></thead>
${bodies.join("\n")}
</table></div>
<p class="nothing" id="calm" hidden>Nothing here needs a look.</p>`;
}

function head(column: Column, button: Button): string {
  const where = column.unit === "" ? "" : `<span class="unit">${escaped(column.unit)}</span>`;
  const content = `<span class="who${column.isEmpty ? " empty" : ""}">${escaped(column.who)}</span><span class="role">${escaped(column.title)}</span>${where}`;
  const label = `${column.who}, ${column.title}${column.unit === "" ? "" : ` of ${column.unit}`}`;
  return button(column.place, "head", label, content);
}

function rowOf(row: Row, columns: readonly Column[], button: Button, home: Place | undefined): string {
  const cells = row.cells.map((cell, at) => `<td class="${cell.look}">${mark(cell, row, columns[at], button)}</td>`);
  const horizon = row.horizon === "" ? "" : `<span class="horizon">${escaped(row.horizon)}</span>`;
  // Where no seat should have it, since there is none, the product is the place to add one.
  const first = row.cells.find(({ look }) => look === "hole" || look === "clash" || look === "wrong");
  const place = first?.place ?? (row.standing === "bad" ? home : undefined);
  const result =
    place === undefined ? escaped(row.result) : button(place, "jump", `${row.title}: ${row.result}`, escaped(row.result));
  return `<tr${row.needsAttention ? "" : ` class="calm"`}><th scope="row"><span class="duty">${escaped(row.title)}</span>${horizon}</th><td class="result ${row.standing}">${result}</td>${cells.join("")}</tr>`;
}

/** Signs that differ by shape, so that nobody needs to tell colours apart. */
const SIGNS: Readonly<Record<Look, string>> = {
  has: `<circle cx="8" cy="8" r="5" class="full"/>`,
  assumed: `<circle cx="8" cy="8" r="4.5" class="line dotted"/>`,
  perhaps: `<text x="8" y="12.5">?</text>`,
  part: `<circle cx="8" cy="8" r="4.5" class="line"/><path d="M8 3.5a4.5 4.5 0 0 1 0 9z" class="full"/>`,
  accountable: `<text x="8" y="12.5">A</text>`,
  responsible: `<text x="8" y="12.5">R</text>`,
  clash: `<circle cx="5.5" cy="8" r="4.2" class="line"/><circle cx="10.5" cy="8" r="4.2" class="line"/>`,
  wrong: `<path d="M8 2.5 14 13H2z" class="full"/>`,
  hole: `<rect x="3" y="3" width="10" height="10" rx="2" class="line dashed"/><path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" class="line"/>`,
  nothing: "",
};

function sign(look: Look): string {
  return `<svg viewBox="0 0 16 16" aria-hidden="true">${SIGNS[look]}</svg>`;
}

function mark(cell: Cell, row: Row, column: Column | undefined, button: Button): string {
  if (cell.look === "nothing") return `<span class="unseen">${escaped(cell.words)}</span>`;
  const of = column === undefined ? "" : `, ${column.title}${column.unit === "" ? "" : ` of ${column.unit}`}`;
  return button(cell.place, "mark", `${row.title}: ${column?.who ?? ""}${of}: ${cell.words}`, sign(cell.look));
}

function others(table: Matrix, button: Button): string {
  if (table.others.length === 0) return "";
  const items = table.others.map((column) => `<li>${head(column, button)}</li>`);
  return `<section><h2>Seats without a duty of the catalog</h2><ul class="others">${items.join("")}</ul></section>`;
}

function legend(): string {
  const looks: readonly (readonly [Look, string])[] = [
    ["has", "has it"],
    ["assumed", "assumed: the seat lists no duties, so those of its role count"],
    ["perhaps", "a line may mean it; put the id before the line to settle it"],
    ["part", "has a part in it"],
    ["accountable", "accountable"],
    ["responsible", "responsible"],
    ["hole", "nobody has it, and it belongs here"],
    ["clash", "held twice, and nothing says who has the last word"],
    ["wrong", "on another seat than the catalog says"],
  ];
  const items = looks.map(([look, words]) => `<li class="${look}">${sign(look)} ${words}</li>`);
  return `<section class="legend"><h2>Marks</h2><ul>${items.join("")}</ul></section>`;
}
