// What a person does in VS Code, by keyboard and mouse.

import * as fs from "node:fs";
import * as path from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";

/** Everything is waited for, and nothing is slept for. In milliseconds. */
const PATIENCE = 60_000;

export class Workbench {
  readonly page: Page;
  private readonly pictures: string;

  constructor(page: Page, pictures: string) {
    this.page = page;
    this.pictures = pictures;
    fs.mkdirSync(pictures, { recursive: true });
    page.setDefaultTimeout(PATIENCE);
  }

  /** Takes a picture; with ROLELINT_UPDATE it is also put into the README, where that shows it. */
  async picture(name: string): Promise<void> {
    const file = path.join(this.pictures, `${name}.png`);
    await this.page.screenshot({ path: file, animations: "disabled", caret: "initial" });
    if (process.env["ROLELINT_UPDATE"] === undefined) return;
    const root = path.join(import.meta.dirname, "../..");
    const isInReadme = fs.readFileSync(path.join(root, "README.md"), "utf8").includes(`(images/${name}.png)`);
    if (isInReadme) fs.copyFileSync(file, path.join(root, "images", `${name}.png`));
  }

  /** Runs a command of the palette, by its whole name. */
  async command(name: string): Promise<void> {
    await this.quickly("F1", `>${name}`, name);
  }

  /** Opens a file of the folder, with its cursor at the start. */
  async open(file: string): Promise<void> {
    const name = path.basename(file);
    await this.quickly("Control+P", file, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator(".editor-instance .view-lines").first().waitFor();
  }

  /**
   * Types into the box that a key opens, and picks what it finds. The box closes when something else takes the focus,
   * as a view does that opens late; then it is opened once more.
   */
  private async quickly(key: string, text: string, wanted: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input").first();
    const row = this.page.locator(".quick-input-list .monaco-list-row.focused").filter({ hasText: wanted });
    for (let left = 4; ; left--) {
      try {
        await this.page.keyboard.press(key);
        await input.waitFor({ timeout: 10_000 });
        await input.fill(text, { timeout: 10_000 });
        await row.waitFor({ timeout: 20_000 });
        await input.press("Enter", { timeout: 10_000 });
        return;
      } catch (error) {
        if (left === 0) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press("Control+G");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await this.page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Saves the file. */
  async save(): Promise<void> {
    await this.page.keyboard.press("Control+S");
    await this.page.locator(".tab.active.dirty").waitFor({ state: "detached" });
  }

  /** Closes all editors; what was not saved is gone. */
  async closeAll(): Promise<void> {
    await this.command("View: Close All Editors");
    const discard = this.page.locator(".monaco-dialog-box .monaco-button", { hasText: "Don't Save" });
    const none = this.page.locator(".tab");
    await until("all editors are closed", async () => {
      if (await discard.isVisible()) await discard.click();
      return (await none.count()) === 0;
    });
  }

  /** Points at a word; `number` says which one of several. */
  async pointAt(word: string, number = 0): Promise<void> {
    await this.page.locator(".view-line span span", { hasText: new RegExp(`^\\s*${word}\\s*$`) }).nth(number).hover();
  }

  /** What is shown where somebody points. */
  hover(text: string): Locator {
    return this.page.locator(".monaco-hover:visible", { hasText: text }).first();
  }

  /** An entry of the list of suggestions. */
  suggestion(text: string): Locator {
    return this.page.locator(".suggest-widget.visible .monaco-list-row", { hasText: text }).first();
  }

  /** Underlined parts of the active editor. */
  squiggles(kind: "error" | "warning" | "info"): Locator {
    return this.page.locator(`.editor-instance .squiggly-${kind}`);
  }

  /** Filters the Problems panel, which is open, and waits for what is looked for. */
  async findProblem(text: string): Promise<void> {
    await this.page.locator(".part.panel .viewpane-filter input, .part.panel .monaco-inputbox input").first().fill(text);
    await this.page.locator(".markers-panel .monaco-list-row", { hasText: text }).first().waitFor();
  }

  /** The rows of the Problems panel, which is open. */
  problems(): Promise<string[]> {
    return this.page.locator(".markers-panel .monaco-list-row").allInnerTexts();
  }

  /** A lens above a line. */
  lens(text: string | RegExp): Locator {
    return this.page.locator(".codelens-decoration a, .codelens-decoration span", { hasText: text }).first();
  }

  /** Clicks a lens until it opens what it should: lines move while other lenses come, and a click may miss. */
  async clickLens(text: string, opens: Locator): Promise<void> {
    const click = async () => {
      if (await opens.isVisible()) return true;
      await this.lens(text).click({ timeout: 10_000 }).catch(() => undefined);
      return opens.waitFor({ timeout: 15_000 }).then(
        () => true,
        () => false,
      );
    };
    await until(`the lens “${text}” opens something`, click, 90_000);
  }

  /** A message in the corner. */
  notification(text: string): Locator {
    return this.page.locator(".notification-toast .notification-list-item", { hasText: text }).first();
  }

  /** What a webview shows. */
  webview(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  /** An entry of the status bar. */
  status(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item", { hasText: text }).first();
  }

  /** A row of the tree of teams. */
  treeRow(text: string | RegExp): Locator {
    return this.page.locator('.pane-body [role="treeitem"]', { hasText: text }).first();
  }
}

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, patience = 20_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`In ${patience / 1000} s it did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
