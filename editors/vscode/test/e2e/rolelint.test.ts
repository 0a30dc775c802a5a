// The packed extension in a real VS Code, with the sample organisation open.

import assert from "node:assert/strict";
import * as path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { Editor } from "./editor.ts";
import { until, Workbench } from "./workbench.ts";

const root = path.join(import.meta.dirname, "../..");
const vsix = process.env["ROLELINT_VSIX"] ?? path.join(root, `out/rolelint-${process.platform}-${process.arch}.vsix`);

describe("the sample organisation in VS Code", { timeout: 300_000 }, () => {
  let editor: Editor;
  let code: Workbench;

  before(async () => {
    editor = await Editor.open({ vsix, sample: path.join(root, "../../docs/sample") });
    code = new Workbench(editor.page, path.join(root, "out/pictures"));
  });

  afterEach(async (context) => {
    if ("passed" in context && !context.passed && code !== undefined) {
      await code.picture(`failed ${context.name}`.replaceAll(/\W+/g, "-"));
      console.log(editor.log().slice(-3000));
    }
  });

  after(async () => editor?.close());

  it("the folder is not trusted, and what is wrong is underlined all the same", async () => {
    await code.page.locator("#status\\.workspaceTrust", { hasText: "Restricted Mode" }).waitFor();
    await code.open("deck.roles.yaml");
    await code.squiggles("error").first().waitFor();
    await code.squiggles("warning").first().waitFor();
  });

  it("problems of all files are listed", async () => {
    await code.command("Rolelint: Show Problems");
    await code.findProblem("Fay Moss left on 2026-02-28");
    // Of a file that is not open.
    await code.findProblem("`crew-app` has 2 teams and no Product Manager");
    await code.picture("problems");
  });

  it("the side bar has teams, roles and holders", async () => {
    await code.command("View: Show Roles");
    await code.treeRow(/Booking/).waitFor();
    await code.treeRow("Checkout crew").waitFor();
    await code.treeRow(/Product Owner.*Ben Okafor/).waitFor();
    await code.picture("tree");
  });

  it("the coverage of a product is a matrix", async () => {
    await code.open("checkout.roles.yaml");
    await code.command("Rolelint: Show Team Coverage");
    await code.webview().getByRole("columnheader", { name: /Ana Lima/ }).waitFor();
    await code.picture("coverage");
  });

  it("the server that was killed comes back", async () => {
    const [first] = editor.servers();
    assert.ok(first !== undefined);
    process.kill(first, "SIGKILL");
    await until("another server runs", () => editor.servers().some((server) => server !== first));
    await code.squiggles("error").first().waitFor();
    assert.match(editor.log(), /stopped by itself and is started again/);
  });
});
