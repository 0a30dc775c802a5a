// The tree of teams, roles and holders in the side bar.

import * as vscode from "vscode";
import type { Store } from "../store.ts";
import { type Line, lines } from "./model.ts";

export class Teams implements vscode.TreeDataProvider<Line> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private top: readonly Line[] = [];
  /** The newest lines. VS Code may ask about one that it was given before. */
  private readonly newest = new Map<string, Line>();

  constructor(store: Store) {
    // A tree that is made anew without need is read out anew, too.
    let shown: string | undefined;
    store.onDidChange(() => {
      const now = JSON.stringify(store.overview);
      if (now === shown) return;
      shown = now;
      this.top = store.overview === undefined ? [] : lines(store.overview);
      this.newest.clear();
      this.learn(this.top);
      this.changed.fire();
    });
  }

  private learn(lines: readonly Line[]): void {
    for (const line of lines) {
      this.newest.set(line.id, line);
      this.learn(line.children);
    }
  }

  getChildren(old?: Line): Line[] {
    return [...(old === undefined ? this.top : (this.newest.get(old.id) ?? old).children)];
  }

  getTreeItem(old: Line): vscode.TreeItem {
    const line = this.newest.get(old.id) ?? old;
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
