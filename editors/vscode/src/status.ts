// The status bar, and what is said of the current file.

import * as vscode from "vscode";
import { LANGUAGES, ROLE_FILE, SETTINGS_FILE } from "./languages.ts";
import type { Service } from "./server/service.ts";
import { type Findings, statusOf } from "./statusText.ts";
import type { Store } from "./store.ts";

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("rolelint", vscode.StatusBarAlignment.Left, 10);
  private readonly current = vscode.languages.createLanguageStatusItem(
    "rolelint.current",
    LANGUAGES.map((language) => ({ language })),
  );
  private readonly subscriptions: vscode.Disposable[];
  private readonly service: Service;
  private readonly store: Store;

  constructor(service: Service, store: Store) {
    this.service = service;
    this.store = store;
    this.item.name = "Rolelint";
    this.item.command = { command: "rolelint.showProblems", title: "Show Problems" };
    this.current.name = "Rolelint";
    this.current.command = { command: "rolelint.showLog", title: "Show Log" };
    const update = () => this.update();
    const updateBoth = () => {
      this.update();
      void this.updateCurrent();
    };
    this.subscriptions = [
      this.item,
      this.current,
      store.onDidChange(updateBoth),
      service.onDidChange(updateBoth),
      vscode.window.onDidChangeActiveTextEditor(updateBoth),
      vscode.languages.onDidChangeDiagnostics(update),
    ];
    update();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private update(): void {
    const language = vscode.window.activeTextEditor?.document.languageId;
    const isNear = language === ROLE_FILE || language === SETTINGS_FILE;
    const status = statusOf(this.service.health, this.service.version, this.store.overview, findings(), isNear);
    this.item.text = status.text;
    this.item.accessibilityInformation = { label: status.spoken, role: "button" };
    const links = [
      "[Show problems](command:rolelint.showProblems)",
      "[Team coverage](command:rolelint.showCoverage)",
      "[Log](command:rolelint.showLog)",
      "[Restart](command:rolelint.restartServer)",
    ];
    const tooltip = new vscode.MarkdownString([...status.details, links.join(" · ")].join("\n\n"));
    tooltip.isTrusted = {
      enabledCommands: ["rolelint.showProblems", "rolelint.showCoverage", "rolelint.showLog", "rolelint.restartServer"],
    };
    this.item.tooltip = tooltip;
    this.item.backgroundColor =
      status.color === "error" ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    if (status.isVisible) this.item.show();
    else this.item.hide();
  }

  private async updateCurrent(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !LANGUAGES.includes(document.languageId)) return;
    this.current.busy = this.service.health === "starting";
    this.current.severity =
      this.service.health === "broken" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    if (this.service.running === undefined) {
      this.current.text = this.service.health === "broken" ? "Rolelint does not run" : "Rolelint starts …";
      this.current.detail = "";
      return;
    }
    try {
      const why = await this.service.ask<string>("rolelint.whyNotChecked", document.uri.toString());
      const [what = why, ...rest] = why.split(": ");
      this.current.text = what.replace(/[.]$/, "");
      this.current.detail = rest.join(": ");
    } catch {
      // The server is about to go; the next change says how it goes on.
    }
  }
}

function findings(): Findings {
  const found = { errors: 0, warnings: 0, hints: 0 };
  for (const [, diagnostics] of vscode.languages.getDiagnostics()) {
    for (const { source, severity } of diagnostics) {
      if (source !== "rolelint") continue;
      if (severity === vscode.DiagnosticSeverity.Error) found.errors++;
      else if (severity === vscode.DiagnosticSeverity.Warning) found.warnings++;
      else found.hints++;
    }
  }
  return found;
}
