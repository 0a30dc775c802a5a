// What is known of the teams of the workspace, kept up to date.

import * as vscode from "vscode";
import { LANGUAGES } from "./languages.ts";
import type { Log } from "./log.ts";
import type { Overview } from "./protocol.ts";
import type { Service } from "./server/service.ts";

/** How long to wait for a pause in what happens, in milliseconds. */
const PAUSE = 250;

export class Store implements vscode.Disposable {
  private known: Overview | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isAsking = false;
  private isOld = false;
  /** How long the last answer took. Whoever has 100,000 files does not want to be asked at each letter. */
  private took = 0;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[] = [];

  /** Tells when something may be other than before. */
  readonly onDidChange = this.changed.event;

  private readonly service: Service;
  private readonly log: Log;

  constructor(service: Service, log: Log) {
    this.service = service;
    this.log = log;
    const watcher = vscode.workspace.createFileSystemWatcher("**/*.{yaml,yml}");
    const soon = () => this.refreshSoon();
    this.subscriptions.push(
      watcher,
      watcher.onDidCreate(soon),
      watcher.onDidChange(soon),
      watcher.onDidDelete(soon),
      vscode.workspace.onDidChangeWorkspaceFolders(soon),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((uri) => /\.ya?ml$/i.test(uri.path))) soon();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (LANGUAGES.includes(document.languageId)) soon();
      }),
      service.onDidChange((health) => {
        if (health === "running") void this.refresh();
        else if (health === "broken") this.learn(undefined);
      }),
    );
  }

  /** What is known; nothing before the server has answered. */
  get overview(): Overview | undefined {
    return this.known;
  }

  /** Asks anew, now. */
  async refresh(): Promise<void> {
    if (this.isAsking) {
      this.isOld = true;
      return;
    }
    if (this.service.running === undefined) return;
    this.isAsking = true;
    this.isOld = false;
    const start = Date.now();
    try {
      this.learn(await this.service.ask<Overview>("rolelint.overview"));
    } catch (error) {
      this.log.debug(`No overview: ${String(error)}`);
    } finally {
      this.took = Date.now() - start;
      this.isAsking = false;
      if (this.isOld) this.refreshSoon();
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), Math.max(PAUSE, 10 * this.took));
  }

  private learn(overview: Overview | undefined): void {
    this.known = overview;
    this.changed.fire();
  }
}
