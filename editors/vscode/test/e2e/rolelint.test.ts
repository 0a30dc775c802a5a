// The packed extension in a real VS Code, with the sample organisation open.

import assert from "node:assert/strict";
import * as path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { Editor } from "./editor.ts";
import { until, Workbench } from "./workbench.ts";

const root = path.join(import.meta.dirname, "../..");
const vsix = process.env["ROLELINT_VSIX"] ?? path.join(root, `out/rolelint-${process.platform}-${process.arch}.vsix`);

describe("the sample organisation in VS Code", { timeout: 600_000 }, () => {
  let editor: Editor;
  let code: Workbench;

  before(async () => {
    editor = await Editor.open({
      vsix,
      sample: path.join(root, "../../docs/sample"),
      folderSettings: { "rolelint.path": "tools/rolelint" },
    });
    code = new Workbench(editor.page, path.join(root, "out/pictures"));
  });

  afterEach(async (context) => {
    if ("passed" in context && !context.passed && code !== undefined) {
      await code.picture(`failed ${context.name}`.replaceAll(/\W+/g, "-"));
      console.log(editor.log().slice(-3000));
    }
  });

  after(async () => editor?.close());

  it("in a folder that is not trusted, what is wrong is underlined all the same", async () => {
    await code.page.locator("#status\\.workspaceTrust", { hasText: "Restricted Mode" }).waitFor();
    await code.open("deck.roles.yaml");
    await code.squiggles("error").first().waitFor();
    await code.squiggles("warning").first().waitFor();
  });

  it("but the program that such a folder names is not run", async () => {
    const settings = editor.read(".vscode/settings.json");
    assert.match(settings, /rolelint\.path/);
    assert.match(editor.log(), /comes with this extension/);
  });

  it("a program that is missing is told of with one button, once the folder is trusted", async () => {
    await code.command("Workspaces: Manage Workspace Trust");
    await code.page.locator(".workspace-trust-editor .monaco-button", { hasText: "Trust" }).first().click();
    await code.page.keyboard.press("Escape");
    const message = code.notification("There is no program at “tools/rolelint”");
    await message.waitFor();
    await code.picture("missing");
    assert.equal(await message.locator(".notification-list-item-buttons-container .monaco-button").count(), 1);
    assert.equal(await code.page.locator(".notification-toast").count(), 1);
    await code.page.locator("#rolelint\\.rolelint.error-kind, .statusbar-item.error-kind", { hasText: "Roles" }).waitFor();
    await message.getByRole("button", { name: "Open Setting" }).click();
    await code.page.locator(".settings-editor .setting-item", { hasText: "The rolelint program to use instead" }).waitFor();
    await code.picture("setting");
    await code.page.keyboard.press("Escape");
    editor.write(".vscode/settings.json", "{}\n");
    await until("the server runs", () => editor.servers().length === 1);
    await code.status("Roles: 17 problems").waitFor();
    await code.page.keyboard.press("Escape");
    await code.closeAll();
  });

  it("problems of all files are listed", async () => {
    await code.open("deck.roles.yaml");
    await code.lens("7 duties uncovered in this product").waitFor();
    await code.command("Rolelint: Show Problems");
    await code.page.locator(".markers-panel .monaco-list-row").first().waitFor();
    await code.page.mouse.move(800, 15);
    await code.picture("problems");
    // Of a file that is not open.
    await code.findProblem("`crew-app` has 2 teams and no Product Manager");
    await code.findProblem("Fay Moss left on 2026-02-28");
    await code.page.keyboard.press("Control+J");
    await code.page.locator(".markers-panel").waitFor({ state: "hidden" });
  });

  it("the status bar says what is checked and how it stands", async () => {
    const item = code.status("Roles: 17 problems");
    await item.waitFor();
    await item.hover();
    const hover = code.page.locator(".monaco-hover", { hasText: "Checked: 12 role files with 7 teams and 3 products." });
    await hover.waitFor();
    assert.match(await hover.innerText(), /Found: 8 errors, 9 warnings, 1 hint\./);
    await code.picture("status");
  });

  it("the icon of role files is their own", async () => {
    const icon = await code.page
      .locator(".explorer-folders-view .monaco-icon-label.role-file-lang-file-icon", { hasText: "deck.roles.yaml" })
      .first()
      .evaluate((label) => getComputedStyle(label, "::before").backgroundImage);
    assert.match(icon, /role-file-light\.svg/);
  });

  it("pointing at a word tells what is wrong, why it matters and what to do", async () => {
    await code.pointAt("fay", 1);
    await code.hover("Fay Moss left on 2026-02-28 and still holds the seat of the Product Owner").waitFor();
    await code.hover("Fay Moss").waitFor();
    await code.picture("hover");
    await code.page.keyboard.press("Escape");
  });

  it("a lens says how a team stands, and a hint what is assumed", async () => {
    await code.lens("7 duties uncovered in this product").waitFor();
    await code.page.locator(".view-line", { hasText: "5 duties assumed" }).waitFor();
  });

  it("a quick fix mends the word, and the file on the disk has it", async () => {
    assert.match(editor.read("teams/deck.roles.yaml"), /dutys:/);
    await code.goTo(9, 6);
    await code.page.keyboard.press("Control+.");
    const action = code.page.locator(".action-widget .monaco-list-row", { hasText: "duties" }).first();
    await action.waitFor();
    await code.picture("fix");
    await action.click();
    await code.page.locator(".view-line", { hasText: "duties:" }).waitFor();
    await code.save();
    await until("the file has it", () => /^ {4}duties:$/m.test(editor.read("teams/deck.roles.yaml")));
    assert.doesNotMatch(editor.read("teams/deck.roles.yaml"), /dutys/);
  });

  it("completion offers people, and says who they are", async () => {
    await code.open("search.roles.yaml");
    await code.goTo(7, 21);
    await code.page.keyboard.press("Shift+Home");
    await code.page.keyboard.type("product-owner: ca");
    await code.suggestion("carla").waitFor();
    await code.picture("completion");
    await code.page.keyboard.press("Enter");
    await code.save();
    await until("the file has it", () => /product-owner: carla$/m.test(editor.read("teams/search.roles.yaml")));
  });

  it("a snippet starts a team", async () => {
    await code.command("Rolelint: New Role File");
    await code.page.locator(".view-line", { hasText: "team: my-team" }).waitFor();
    // It is checked before it is saved.
    await code.squiggles("warning").first().waitFor();
    await code.picture("new");
    await code.page.keyboard.press("Escape");
    await code.closeAll();
  });

  it("a rename reaches every file", async () => {
    await code.open("people.roles.yaml");
    await code.goTo(4, 4);
    await code.page.keyboard.press("F2");
    const input = code.page.locator(".rename-box input");
    await input.waitFor();
    assert.equal(await input.inputValue(), "carla");
    await input.fill("carla-d");
    await input.press("Enter");
    await code.page.locator(".view-line", { hasText: "carla-d:" }).waitFor();
    await code.command("File: Save All Files");
    await until("every file has it", () =>
      [
        /^ {2}carla-d: \{name: Carla Diaz/m.test(editor.read("people.roles.yaml")),
        /members: \[ben, carla-d, dmitri, eve\]/.test(editor.read("teams/checkout.roles.yaml")),
        /scrum-master: carla-d$/m.test(editor.read("teams/checkout.roles.yaml")),
        /product-owner: carla-d$/m.test(editor.read("teams/search.roles.yaml")),
      ].every(Boolean),
    );
    await code.closeAll();
  });

  it("a lens leads to the coverage of the product, and a lens of a shared duty to who else has it", async () => {
    await code.open("checkout.roles.yaml");
    await code.lens("5 of 5 duties · 1 held twice").waitFor();
    await code.picture("lenses");
    await code.clickLens("5 of 5 duties · 1 held twice", code.page.locator(".tab.active", { hasText: "Coverage: Booking" }));
    await code.closeAll();
    const shared = "shared:\n  - duty: roadmap\n    accountable: product-manager\n";
    editor.write("teams/search.roles.yaml", editor.read("teams/search.roles.yaml") + shared);
    await code.open("search.roles.yaml");
    const places = code.page.locator(".peekview-widget", { hasText: "Locations (2)" });
    await code.clickLens("who else answers for this: 2 places", places);
    await code.picture("who-else");
    await code.page.keyboard.press("Escape");
    await code.closeAll();
  });

  it("the side bar has teams, roles and holders", async () => {
    await code.command("View: Show Roles");
    await code.treeRow(/Booking/).waitFor();
    await code.treeRow("Checkout crew").waitFor();
    // As it is by now, and not as it was when the folder was opened.
    await code.treeRow(/Product Owner.*Carla Diaz/).waitFor();
    await code.picture("tree");
    await code.treeRow(/Product Owner.*vacant/).first().click();
    await code.page.locator('.tab.active[data-resource-name="rosters.roles.yaml"]').waitFor();
    await code.command("View: Show Explorer");
    await code.closeAll();
  });

  it("the coverage of a product is a matrix that leads to the lines", async () => {
    await code.open("checkout.roles.yaml");
    await code.command("Rolelint: Show Team Coverage");
    const page = code.webview();
    await page.getByRole("columnheader", { name: "Ana Lima, Product Manager of booking" }).waitFor();
    // Somebody writes down what the Product Owner of the refunds does, and it is not much.
    const refunds = editor.read("teams/refunds.roles.yaml");
    const short = "product-owner: {holder: ben, duties: [backlog-refinement]}";
    editor.write("teams/refunds.roles.yaml", refunds.replace(/product-owner: .*/, short));
    await page.getByRole("button", { name: /^Delivery process: Ben Okafor, Product Owner of refunds: nobody has it/ }).waitFor();
    await code.page.setViewportSize({ width: 1360, height: 1240 });
    await code.picture("coverage");
    await code.page.setViewportSize({ width: 1360, height: 860 });
    editor.write("teams/refunds.roles.yaml", refunds);
    const clash = page.getByRole("button", { name: /^Roadmap: Ben Okafor, Product Owner of checkout: has it, and so/ });
    await clash.click();
    await code.page.locator('.tab.active[data-resource-name="checkout.roles.yaml"]').waitFor();
    const position = code.page.locator("#status\\.editor\\.selection", { hasText: "Ln 13, Col 9" });
    await position.waitFor();
    // And beside the matrix, for whoever wants to see both.
    await code.page.locator(".tab", { hasText: "Coverage: Booking" }).click();
    await clash.click({ modifiers: ["Control"] });
    await until("there are two groups", async () => (await code.page.locator(".editor-group-container").count()) === 2);
    await position.waitFor();
    await code.picture("coverage-jump");
  });

  it("the matrix can be read by keyboard, and shows only what needs a look", async () => {
    const page = code.webview();
    const first = page.locator("table button").first();
    await first.focus();
    await code.page.keyboard.press("ArrowRight");
    await code.page.keyboard.press("ArrowDown");
    const focused = page.locator("table button:focus");
    assert.match((await focused.getAttribute("aria-label")) ?? "", /: /);
    await page.getByRole("checkbox", { name: "Only what needs a look" }).check();
    await page.locator("main.filtered").waitFor();
    assert.equal(await page.locator("tr.calm:visible").count(), 0);
    await page.getByRole("combobox").selectOption({ label: "Crew app" });
    await page.getByText("7 have nobody").waitFor();
    assert.equal(await page.getByRole("checkbox").isChecked(), true);
    await page.getByRole("checkbox").uncheck();
    await code.picture("coverage-crew");
  });

  it("the matrix follows what is typed, and the theme", async () => {
    await code.page.keyboard.press("Escape");
    await code.command("Preferences: Toggle between Light/Dark Themes");
    await code.page.locator(".monaco-workbench.vs-dark").waitFor();
    await code.picture("coverage-dark");
    editor.write(
      "products/crew-app.roles.yaml",
      editor.read("products/crew-app.roles.yaml").replace("program-manager: hana", "product-manager: hana"),
    );
    await code.webview().getByRole("columnheader", { name: /Hana Ito/ }).waitFor();
    await code.command("Preferences: Toggle between Light/Dark Themes");
    await code.closeAll();
  });

  it("an edit by somebody else is seen", async () => {
    await code.open("refunds.roles.yaml");
    await code.squiggles("warning").first().waitFor();
    editor.write(
      "teams/refunds.roles.yaml",
      "team: refunds\nproduct: booking\nmembers: [eve, ivo]\nroles:\n  product-owner: eve\n",
    );
    await code.squiggles("warning").first().waitFor({ state: "detached" });
  });

  it("the server that was killed comes back", async () => {
    await code.open("rosters.roles.yaml");
    await code.squiggles("error").first().waitFor();
    const [first] = editor.servers();
    assert.ok(first !== undefined);
    process.kill(first, "SIGKILL");
    await until("another server runs", () => editor.servers().some((server) => server !== first));
    await code.squiggles("error").first().waitFor();
    await code.status(/Roles: \d+ problems/).waitFor();
    assert.match(editor.log(), /stopped by itself and is started again/);
  });

  it("the server is restarted by hand", async () => {
    const [first] = editor.servers();
    await code.command("Rolelint: Restart");
    await until("another server runs, and only one", () => {
      const servers = editor.servers();
      return servers.length === 1 && servers[0] !== first;
    });
    await code.status(/Roles: \d+ problems/).waitFor();
    await code.squiggles("error").first().waitFor();
  });

  it("a newcomer is walked through", async () => {
    await code.closeAll();
    await code.command("Rolelint: Get Started");
    await code.page.locator(".gettingStartedContainer", { hasText: "Get Started with Rolelint" }).waitFor();
    await code.page.locator(".getting-started-step.expanded", { hasText: "Open a sample" }).waitFor();
    await code.webview().getByText("the Product Owner of the deck crew left in February").waitFor();
    await code.picture("walkthrough");
  });

  it("and gets a sample of their own, in a window of its own", async () => {
    const opened = code.page.context().waitForEvent("page");
    await code.page.getByRole("button", { name: "Open the Sample" }).click();
    const other = await opened;
    // A second editor at once is much for a small machine.
    other.setDefaultTimeout(120_000);
    await other.locator(".monaco-workbench .part.statusbar").waitFor();
    await other.locator(".explorer-folders-view", { hasText: "ferryline.roles.yaml" }).waitFor();
    assert.match(decodeURIComponent(other.url()), /globalStorage\/rolelint\.rolelint\/ferryline/);
    await other.close();
  });
});
