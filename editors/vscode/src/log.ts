import * as vscode from "vscode";

/** The log that “Rolelint: Show Log” shows. */
export type Log = vscode.LogOutputChannel;

/** Makes the log. How much it says is set with “Developer: Set Log Level…”; at “Trace” it has every message. */
export function makeLog(): Log {
  return vscode.window.createOutputChannel("Rolelint", { log: true });
}
