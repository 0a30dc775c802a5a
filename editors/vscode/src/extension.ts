// Where VS Code comes in.

import * as vscode from "vscode";
import { registerCommands } from "./commands.ts";
import { CoveragePanel } from "./coverage/panel.ts";
import { fixOnSave } from "./fixOnSave.ts";
import { makeLog } from "./log.ts";
import { Service } from "./server/service.ts";
import { StatusBar } from "./status.ts";
import { Store } from "./store.ts";
import { Teams } from "./tree/view.ts";

let service: Service | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = makeLog();
  log.info(`Extension ${String(context.extension.packageJSON["version"])}, VS Code ${vscode.version}`);
  void vscode.commands.executeCommand("setContext", "rolelint.active", true);
  const running = new Service(context, log);
  service = running;
  const store = new Store(running, log);
  const panel = new CoveragePanel(context, running, store);
  registerCommands(context, running, store, panel, log);
  context.subscriptions.push(
    log,
    store,
    new StatusBar(running, store),
    vscode.window.createTreeView("rolelint.teams", { treeDataProvider: new Teams(store), showCollapseAll: true }),
    fixOnSave(running),
    vscode.workspace.onDidChangeConfiguration((event) => {
      // A folder that was trusted just now may say another path; VS Code tells of that as of any other change.
      // Findings look other from now on, which a server that starts again tells anew.
      const restarts = ["rolelint.path", "rolelint.severities"];
      if (restarts.some((setting) => event.affectsConfiguration(setting))) running.startSoon();
    }),
  );
  // Nobody waits for the server: commands and views are there at once, and a failure is told by the service itself.
  void running.start();
}

export async function deactivate(): Promise<void> {
  await service?.dispose();
  service = undefined;
}
