import * as vscode from "vscode";
import type { Place } from "./protocol.ts";

/** A place as VS Code has it. */
export function locationOf({ uri, range }: Place): vscode.Location {
  const position = ({ line, character }: Place["range"]["start"]) => new vscode.Position(line, character);
  return new vscode.Location(vscode.Uri.parse(uri), new vscode.Range(position(range.start), position(range.end)));
}

/** Shows a place in an editor. */
export async function openPlace(place: Place, column?: vscode.ViewColumn): Promise<void> {
  const { uri, range } = locationOf(place);
  const selection = new vscode.Range(range.start, range.start);
  const editor = await vscode.window.showTextDocument(uri, {
    selection,
    ...(column === undefined ? {} : { viewColumn: column }),
  });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
