// The sample organisation: a copy that belongs to whoever opens it.

import * as vscode from "vscode";

/** Copies the sample and opens it. */
export async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const to = vscode.Uri.joinPath(context.globalStorageUri, "ferryline");
  if (await isThere(to)) {
    const open = "Open It";
    const anew = "Start Afresh";
    const picked = await vscode.window.showInformationMessage(
      "You have opened the sample before.",
      { modal: true, detail: "Open it as you left it, or start afresh? What you changed in it is then gone." },
      open,
      anew,
    );
    if (picked === undefined) return;
    if (picked === anew) await vscode.workspace.fs.delete(to, { recursive: true });
  }
  if (!(await isThere(to))) {
    await vscode.workspace.fs.createDirectory(context.globalStorageUri);
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(context.extensionUri, "sample"), to);
  }
  // What somebody works on stays open.
  const forceNewWindow = vscode.workspace.workspaceFolders !== undefined;
  await vscode.commands.executeCommand("vscode.openFolder", to, { forceNewWindow });
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
