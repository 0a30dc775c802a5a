// The tree of teams, roles and holders in the side bar.

import * as vscode from "vscode";
import type { Store } from "../store.ts";
import { type Line, lines } from "./model.ts";

export class Teams implements vscode.TreeDataProvider<Line> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
    // A tree that is made anew without need is read out anew, too.
    let shown: string | undefined;
    store.onDidChange(() => {
      const now = JSON.stringify(store.overview);
      if (now !== shown) this.changed.fire();
      shown = now;
    });
  }

  getChildren(line?: Line): Line[] {
    if (line !== undefined) return [...line.children];
    return this.store.overview === undefined ? [] : lines(this.store.overview);
  }

  getTreeItem(line: Line): vscode.TreeItem {
    const state =
      line.children.length === 0
        ? vscode.TreeItemCollapsibleState.None
        : line.kind === "group" || line.kind === "unit"
          ? vscode.TreeItemCollapsibleState.Expanded
          : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(line.label, state);
    const color = line.alarming ? new vscode.ThemeColor("list.warningForeground") : undefined;
    item.id = line.id;
    item.description = line.description;
    item.tooltip = new vscode.MarkdownString(line.tooltip);
    item.iconPath = new vscode.ThemeIcon(line.icon, color);
    item.contextValue = line.kind;
    item.accessibilityInformation = { label: line.spoken };
    if (line.place !== undefined) {
      item.command = { command: "rolelint.openPlace", title: "Open", arguments: [line.place] };
    }
    return item;
  }
}
