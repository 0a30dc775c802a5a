// Where VS Code comes in.

import * as vscode from "vscode";
import { registerCommands } from "./commands.ts";
import { makeLog } from "./log.ts";
import { Service } from "./server/service.ts";

let service: Service | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = makeLog();
  context.subscriptions.push(log);
  log.info(`Extension ${String(context.extension.packageJSON["version"])}, VS Code ${vscode.version}`);
  void vscode.commands.executeCommand("setContext", "rolelint.active", true);
  service = new Service(context, log);
  registerCommands(context, service, log);
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("rolelint.path")) void service?.start();
    }),
  );
  // Nobody waits for the server: commands and views are there at once, and a failure is told by the service itself.
  void service.start();
}

export async function deactivate(): Promise<void> {
  await service?.dispose();
  service = undefined;
}
