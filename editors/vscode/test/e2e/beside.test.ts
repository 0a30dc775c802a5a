// Beside an extension for YAML, and with settings of the user.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { Editor } from "./editor.ts";
import { until, Workbench } from "./workbench.ts";
import { packYamlExtension } from "./yaml/pack.ts";

const root = path.join(import.meta.dirname, "../..");
const vsix = process.env["ROLELINT_VSIX"] ?? path.join(root, `out/rolelint-${process.platform}-${process.arch}.vsix`);

const FILES = {
  ".rolelint.yaml": "include: [org/*.yaml]\ntoday: 2026-06-15\n",
  // YAML by its language, a role file by `include:`. Its last bracket is not closed.
  "org/shop.yaml":
    "product: shop\nroles:\n  product-manager: TBD\n---\nteam: checkout\nproduct: shop\nroles:\n  product-owner: [ben\n",
  "search.roles.yaml":
    "team: search\nproduct: shop\nroles:\n  product-owner:\n    holder: ana\n    dutys:\n      - backlog-refinement\n  scrum-master: TODO\n",
  "broken.roles.yaml": "team: broken\nroles:\n  product-owner: [ben\n",
};

/** The rules that rows of the Problems panel come from. */
function rulesOf(rows: readonly string[]): string[] {
  return rows.flatMap((row) => /\nrolelint\n([\w-]+)\n/.exec(row)?.slice(1) ?? []);
}

describe("beside an extension for YAML", { timeout: 600_000 }, () => {
  let editor: Editor;
  let code: Workbench;
  const given = fs.mkdtempSync(path.join(os.tmpdir(), "rolelint-beside-"));

  before(async () => {
    for (const [name, text] of Object.entries(FILES)) {
      fs.mkdirSync(path.dirname(path.join(given, "organisation", name)), { recursive: true });
      fs.writeFileSync(path.join(given, "organisation", name), text);
    }
    editor = await Editor.open({
      vsix,
      sample: path.join(given, "organisation"),
      extensions: [await packYamlExtension(path.join(given, "yaml"))],
      settings: {
        "security.workspace.trust.enabled": false,
        "rolelint.fixOnSave": true,
        "rolelint.codeLens": false,
        "rolelint.inlayHints": false,
        "rolelint.severities": { structure: "hint", "unknown-key": "error", "missing-role": "off" },
      },
    });
    code = new Workbench(editor.page, path.join(root, "out/pictures"));
  });

  afterEach(async (context) => {
    if ("passed" in context && !context.passed && code !== undefined) {
      await code.picture(`failed ${context.name}`.replaceAll(/\W+/g, "-"));
      console.log(editor.log().slice(-3000));
    }
  });

  after(async () => {
    await editor?.close();
    fs.rmSync(given, { recursive: true, force: true });
  });

  it("a syntax error in a YAML file is told of once, and rolelint says the rest", async () => {
    await code.open("shop.yaml");
    await code.squiggles("error").first().waitFor();
    await code.command("Rolelint: Show Problems");
    await code.findProblem('"TBD" holds the seat of Product Manager');
    await code.findProblem("Flow sequence in block collection must be sufficiently indented");
    await code.findProblem("shop.yaml");
    await until("all of the file is shown", async () => (await code.problems()).length === 3);
    await code.picture("beside");
    assert.deepEqual(rulesOf(await code.problems()), ["placeholder"]);
  });

  it("a role file is rolelint's alone", async () => {
    await code.open("broken.roles.yaml");
    await code.findProblem("broken.roles.yaml");
    await until("the syntax error is told of", async () => rulesOf(await code.problems()).includes("syntax"));
    assert.ok((await code.problems()).every((row) => !row.includes("\nYAML\n")));
    await code.open("search.roles.yaml");
    await code.findProblem("search.roles.yaml");
    await until("its findings are shown", async () => rulesOf(await code.problems()).includes("unknown-key"));
    assert.ok((await code.problems()).every((row) => !row.includes("\nYAML\n")));
  });

  it("findings look as the settings say", async () => {
    await code.squiggles("error").first().waitFor();
    // `placeholder` belongs to the group `structure`.
    await code.squiggles("info").first().waitFor();
    assert.equal(await code.squiggles("warning").count(), 0);
    assert.ok(!rulesOf(await code.problems()).includes("missing-role"));
  });

  it("no lenses and no hints are shown to whoever wants none", async () => {
    assert.equal(await code.page.locator(".codelens-decoration").count(), 0);
    assert.equal(await code.page.locator(".view-line", { hasText: "assumed" }).count(), 0);
  });

  it("what is safe is mended when the file is saved", async () => {
    await code.goTo(8, 21);
    await code.page.keyboard.type(" # soon");
    await code.save();
    await until("the file is mended", () => /^ {4}duties:$/m.test(editor.read("search.roles.yaml")));
    assert.match(editor.read("search.roles.yaml"), /scrum-master: TODO # soon$/m);
  });

  it("the sign at the right end of the status bar says why a file is checked", async () => {
    await code.open("shop.yaml");
    await code.command("Rolelint: Why Is This File Checked, or Not?");
    await code.notification("This file is checked").waitFor();
    await code.picture("why");
  });

  it("a rule is explained on a page", async () => {
    await code.command("Rolelint: Explain a Rule, Duty or Role…");
    const input = code.page.locator(".quick-input-widget input").first();
    await input.fill("departed-holder");
    await code.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "departed-holder" }).waitFor();
    await code.page.keyboard.press("Enter");
    await code.webview().getByRole("heading", { name: "departed-holder" }).waitFor();
    await code.picture("explain");
  });

  it("a page has what a bug report needs", async () => {
    await code.command("Rolelint: Gather What a Bug Report Needs");
    await code.page.locator(".view-line", { hasText: "# rolelint" }).first().waitFor();
    await code.page.locator(".view-line", { hasText: "editor: code-server" }).first().waitFor();
  });
});
