// Mends what is safe when a file is saved, where somebody wants that.

import * as vscode from "vscode";
import { LANGUAGES } from "./languages.ts";
import type { Service } from "./server/service.ts";
import { settingsFrom } from "./settings.ts";

const FIX_ALL = "source.fixAll.rolelint";

export function fixOnSave(service: Service): vscode.Disposable {
  return vscode.workspace.onWillSaveTextDocument((event) => {
    const { document, reason } = event;
    // Words are not changed under the hands of somebody who types: saving after a pause is no request.
    if (reason === vscode.TextDocumentSaveReason.AfterDelay) return;
    if (!LANGUAGES.includes(document.languageId) || service.running === undefined) return;
    if (!settingsFrom(vscode.workspace.getConfiguration("rolelint", document)).fixOnSave) return;
    event.waitUntil(fixes(document));
  });
}

async function fixes(document: vscode.TextDocument): Promise<vscode.TextEdit[]> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    whole,
    FIX_ALL,
    1,
  );
  const action = actions.find((action) => action.kind?.value === FIX_ALL);
  return action?.edit?.get(document.uri) ?? [];
}
