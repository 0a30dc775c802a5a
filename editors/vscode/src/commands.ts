// The commands of the palette.

import * as vscode from "vscode";
import type { Log } from "./log.ts";
import type { Service } from "./server/service.ts";

export function registerCommands(context: vscode.ExtensionContext, service: Service, log: Log): void {
  const register = (name: string, run: (...args: unknown[]) => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand(`rolelint.${name}`, run));
  register("restartServer", () => service.start());
  register("showLog", () => log.show());
  register("showProblems", () => vscode.commands.executeCommand("workbench.actions.view.problems"));
}
