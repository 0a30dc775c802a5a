// Runs in the coverage page: keys, the filter, and what changes while it is open.

/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

interface State {
  onlyWhatNeedsALook: boolean;
}

/** What the extension remembers, so that the page comes back after a reload. */
interface Kept extends Partial<State> {
  about?: unknown;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const vscode = acquireVsCodeApi();
const main = document.querySelector("main") as HTMLElement;

function buttons(): HTMLElement[] {
  return [...main.querySelectorAll<HTMLElement>("table button")].filter((button) => button.offsetParent !== null);
}

/** One button of the table takes the focus with Tab; the arrow keys lead to the others. */
function rove(to: HTMLElement | undefined): void {
  for (const button of main.querySelectorAll<HTMLElement>("table button")) button.tabIndex = button === to ? 0 : -1;
}

function column(button: HTMLElement): number {
  return (button.closest("td, th") as HTMLTableCellElement).cellIndex;
}

function neighbour(from: HTMLElement, key: string): HTMLElement | undefined {
  const all = buttons();
  const row = from.closest("tr") as HTMLTableRowElement;
  const inRow = all.filter((button) => button.closest("tr") === row);
  const at = inRow.indexOf(from);
  switch (key) {
    case "ArrowRight":
      return inRow[at + 1];
    case "ArrowLeft":
      return inRow[at - 1];
    case "Home":
      return inRow[0];
    case "End":
      return inRow.at(-1);
  }
  const rows = [...new Set(all.map((button) => button.closest("tr") as HTMLTableRowElement))];
  const next = rows[rows.indexOf(row) + (key === "ArrowDown" ? 1 : -1)];
  const there = all.filter((button) => button.closest("tr") === next);
  const distance = (button: HTMLElement) => Math.abs(column(button) - column(from));
  return there.sort((a, b) => distance(a) - distance(b))[0];
}

function applyFilter(): void {
  const filter = main.querySelector<HTMLInputElement>("#filter");
  if (filter === null) return;
  main.classList.toggle("filtered", filter.checked);
  const calm = main.querySelector<HTMLElement>("#calm");
  const isCalm = main.querySelector("tbody tr:not(.calm):not(.owner)") === null;
  if (calm !== null) calm.hidden = !(filter.checked && isCalm);
  rove(buttons()[0]);
}

/** What was changed in the page by hand is kept when the page is made anew. */
function show(html: string): void {
  const focused = document.activeElement?.getAttribute("aria-label");
  const [left, top] = [window.scrollX, window.scrollY];
  main.innerHTML = html;
  const filter = main.querySelector<HTMLInputElement>("#filter");
  if (filter !== null) filter.checked = vscode.getState()?.onlyWhatNeedsALook ?? false;
  applyFilter();
  window.scrollTo(left, top);
  if (focused) {
    const same = [...main.querySelectorAll<HTMLElement>("[aria-label]")];
    const it = same.find((one) => one.getAttribute("aria-label") === focused);
    if (it !== undefined) {
      if (it.matches("table button")) rove(it);
      it.focus({ preventScroll: true });
    }
  }
}

main.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLElement>("button[data-at]");
  if (button === null) return;
  if (button.matches("table button")) rove(button);
  vscode.postMessage({ type: "open", at: Number(button.dataset["at"]), beside: event.ctrlKey || event.metaKey });
});

main.addEventListener("change", (event) => {
  const target = event.target as HTMLInputElement | HTMLSelectElement;
  if (target.id === "filter") {
    vscode.setState({ ...vscode.getState(), onlyWhatNeedsALook: (target as HTMLInputElement).checked });
    applyFilter();
  } else if (target.id === "product") {
    vscode.postMessage({ type: "choose", at: Number(target.value) });
  }
});

main.addEventListener("keydown", (event) => {
  if (!["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
  const from = (event.target as Element).closest<HTMLElement>("table button");
  if (from === null) return;
  const to = neighbour(from, event.key);
  event.preventDefault();
  if (to !== undefined) {
    rove(to);
    to.focus();
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
});

window.addEventListener("message", (event: MessageEvent<{ type: string; html?: string; about?: unknown }>) => {
  const { type, html, about } = event.data;
  if (type !== "show" || html === undefined) return;
  vscode.setState({ ...vscode.getState(), about });
  show(html);
});

vscode.postMessage({ type: "ready" });
