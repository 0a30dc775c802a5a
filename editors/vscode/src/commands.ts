// The commands of the palette, and those of the server that VS Code carries out in its own way.

import * as vscode from "vscode";
import { type About, aboutGroup, type CoveragePanel } from "./coverage/panel.ts";
import { ROLE_FILE } from "./languages.ts";
import type { Log } from "./log.ts";
import { Pages } from "./pages.ts";
import { locationOf, openPlace } from "./places.ts";
import type { CoverageAnswer, Group, Place } from "./protocol.ts";
import rules from "./rules.json" with { type: "json" };
import { openSample } from "./sample.ts";
import type { Service } from "./server/service.ts";
import type { Store } from "./store.ts";

export function registerCommands(
  context: vscode.ExtensionContext,
  service: Service,
  store: Store,
  panel: CoveragePanel,
  log: Log,
): void {
  const pages = new Pages();
  context.subscriptions.push(pages.register());
  const register = (name: string, run: (...args: never[]) => unknown) =>
    context.subscriptions.push(
      vscode.commands.registerCommand(`rolelint.${name}`, async (...args: never[]) => {
        try {
          return await run(...args);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          log.error(`${name}: ${message}`);
          void vscode.window.showErrorMessage(message);
          return undefined;
        }
      }),
    );

  register("restartServer", () => service.start());
  register("showLog", () => log.show());
  register("showProblems", () => vscode.commands.executeCommand("workbench.actions.view.problems"));
  register("refreshTree", () => store.refresh());
  register("openPlace", (place: Place) => openPlace(place));
  register("openSample", () => openSample(context));
  register("getStarted", () =>
    vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false),
  );
  register("newRoleFile", newRoleFile);
  register("fixFile", () =>
    vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.rolelint", apply: "first" }),
  );
  register("showCoverage", async (asked?: vscode.Uri | { about?: Group }) => {
    const about = await aboutWhat(asked, store);
    if (about !== undefined) await panel.show(about);
  });
  register("whyThisFile", async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) throw new Error("Open the file that you ask about.");
    const why = await service.ask<string>("rolelint.whyNotChecked", document.uri.toString());
    void vscode.window.showInformationMessage(why);
  });
  register("explainName", async () => {
    const name = await pickName(service, store);
    if (name !== undefined) await explain(service, pages, name);
  });
  register("openReport", async () => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const content = await service.ask<string>("rolelint.report", uri);
    const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
    await vscode.window.showTextDocument(document);
  });

  service.takeOver("rolelint.coverage", async ([about]) => {
    // Without `show`, which asks the server to show its own page.
    const { uri, position } = about as Required<Extract<About, { position?: unknown }>>;
    await panel.show({ uri, position });
  });
  service.takeOver("rolelint.showReferences", async ([uri, position, places]) => {
    const at = position as Place["range"]["start"];
    await vscode.commands.executeCommand(
      "editor.action.showReferences",
      vscode.Uri.parse(uri as string),
      new vscode.Position(at.line, at.character),
      (places as Place[]).map(locationOf),
    );
  });
}

/** Which product is meant: the one that was pointed at, that of the current file, the only one, or one to pick. */
async function aboutWhat(
  asked: vscode.Uri | { about?: Group } | undefined,
  store: Store,
): Promise<About | undefined> {
  if (asked !== undefined && "about" in asked && asked.about !== undefined) return aboutGroup(asked.about);
  const editor = vscode.window.activeTextEditor;
  const groups = store.overview?.groups ?? [];
  const files = new Set(groups.flatMap((group) => group.units.map((unit) => unit.location.uri)));
  const uri = asked instanceof vscode.Uri ? asked : editor?.document.uri;
  if (uri !== undefined && files.has(uri.toString())) {
    const isCurrent = editor?.document.uri.toString() === uri.toString();
    const { line, character } = isCurrent ? editor.selection.active : new vscode.Position(0, 0);
    return { uri: uri.toString(), position: { line, character } };
  }
  const [first] = groups;
  if (first === undefined) {
    throw new Error("There is no team or product here yet. “Rolelint: New Role File” starts one.");
  }
  if (groups.length === 1) return aboutGroup(first);
  const picks = groups.map((group) => ({ label: group.name ?? group.id, description: group.kind, group }));
  const picked = await vscode.window.showQuickPick(picks, { placeHolder: "Whose coverage?" });
  return picked === undefined ? undefined : aboutGroup(picked.group);
}

async function newRoleFile(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: ROLE_FILE, content: "" });
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: ROLE_FILE, name: "Team" });
}

async function pickName(service: Service, store: Store): Promise<string | undefined> {
  const group = store.overview?.groups[0];
  const known: vscode.QuickPickItem[] = [];
  if (group !== undefined) {
    const { coverage } = await service.ask<CoverageAnswer>("rolelint.coverage", aboutGroup(group));
    const roles = new Map(coverage.duties.map((duty) => [duty.role, duty.owner]));
    known.push({ label: "Roles", kind: vscode.QuickPickItemKind.Separator });
    for (const [label, description] of roles) known.push({ label, description });
    known.push({ label: "Duties", kind: vscode.QuickPickItemKind.Separator });
    for (const { duty, title } of coverage.duties) known.push({ label: duty, description: title });
  }
  known.push({ label: "Rules", kind: vscode.QuickPickItemKind.Separator });
  for (const { id, group } of rules) known.push({ label: id, description: group });
  const picked = await vscode.window.showQuickPick(known, {
    placeHolder: "A rule, duty or role",
    matchOnDescription: true,
  });
  return picked?.label;
}

async function explain(service: Service, pages: Pages, name: string): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  const markdown = await service.ask<string>("rolelint.explain", uri === undefined ? name : { name, uri });
  await pages.show(name, markdown);
}
