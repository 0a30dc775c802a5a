// The view “Team Coverage”.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { openPlace } from "../places.ts";
import type { Coverage, CoverageAnswer, Group, Place } from "../protocol.ts";
import type { Service } from "../server/service.ts";
import type { Store } from "../store.ts";
import { emptyPage, frame, type Page, page } from "./html.ts";

const TYPE = "rolelint.coverage";

/** Which product or team is meant: as the server's command takes it. */
export type About =
  | { readonly product: string; readonly uri?: string | undefined }
  | { readonly team: string; readonly uri?: string | undefined }
  | { readonly uri: string; readonly position?: { readonly line: number; readonly character: number } };

/** What the page says. */
interface Message {
  readonly type?: unknown;
  readonly at?: unknown;
  readonly beside?: unknown;
}

/** The product or team of a group. */
export function aboutGroup(group: Group): About {
  const uri = group.location.uri;
  return group.kind === "product" ? { product: group.id, uri } : { team: group.id, uri };
}

export class CoveragePanel implements vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;
  private about: About | undefined;
  private places: readonly Place[] = [];
  private choices: readonly Group[] = [];

  private readonly context: vscode.ExtensionContext;
  private readonly service: Service;
  private readonly store: Store;

  constructor(context: vscode.ExtensionContext, service: Service, store: Store) {
    this.context = context;
    this.service = service;
    this.store = store;
    context.subscriptions.push(
      vscode.window.registerWebviewPanelSerializer(TYPE, this),
      store.onDidChange(() => void this.refresh()),
    );
  }

  /** Shows a product or team. */
  async show(about: About): Promise<void> {
    this.about = about;
    if (this.panel === undefined) {
      const panel = vscode.window.createWebviewPanel(TYPE, "Team Coverage", vscode.ViewColumn.Active, this.options());
      this.adopt(panel);
    } else {
      this.panel.reveal(undefined, false);
    }
    await this.refresh();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    panel.webview.options = this.options();
    if (typeof state === "object" && state !== null && "about" in state) this.about = state.about as About;
    this.adopt(panel);
    await this.refresh();
  }

  private options(): vscode.WebviewOptions & vscode.WebviewPanelOptions {
    return {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [this.file("media"), this.file("dist")],
    };
  }

  private file(...names: string[]): vscode.Uri {
    return vscode.Uri.joinPath(this.context.extensionUri, ...names);
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    panel.iconPath = this.file("media", "rolelint.png");
    const { webview } = panel;
    webview.html = frame(
      randomBytes(16).toString("hex"),
      webview.cspSource,
      webview.asWebviewUri(this.file("media", "coverage.css")).toString(),
      webview.asWebviewUri(this.file("dist", "coverage.js")).toString(),
      emptyPage("One moment …").html,
    );
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
    // A page that was hidden is made anew, and asks for what it is to show.
    webview.onDidReceiveMessage((message: Message) => this.receive(message));
  }

  private async receive({ type, at, beside }: Message): Promise<void> {
    if (type === "ready") return this.refresh();
    if (typeof at !== "number") return;
    if (type === "choose") {
      const group = this.choices[at];
      if (group !== undefined) {
        this.about = aboutGroup(group);
        await this.refresh();
      }
    } else if (type === "open") {
      const place = this.places[at];
      if (place !== undefined) await openPlace(place, this.column(beside === true));
    }
  }

  /** Where a file opens: where files are seen already, else in place of the matrix, or beside it if that is wanted. */
  private column(beside: boolean): vscode.ViewColumn {
    const own = this.panel?.viewColumn;
    const other = vscode.window.visibleTextEditors.find(
      (editor) => editor.viewColumn !== undefined && editor.viewColumn !== own,
    );
    return other?.viewColumn ?? (beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
  }

  private async refresh(): Promise<void> {
    if (this.panel === undefined) return;
    const about = this.about;
    const groups = this.store.overview?.groups ?? [];
    const shown = await this.page(about, groups);
    // Somebody may have chosen another one, or closed the view.
    if (this.panel === undefined || about !== this.about) return;
    this.choices = groups;
    this.places = shown.page.places;
    this.panel.title = shown.title;
    await this.panel.webview.postMessage({ type: "show", html: shown.page.html, about: shown.about });
  }

  private async page(
    about: About | undefined,
    groups: readonly Group[],
  ): Promise<{ page: Page; title: string; about: About | undefined }> {
    const nothing = (message: string) => ({ page: emptyPage(message), title: "Team Coverage", about });
    if (this.service.health === "broken") return nothing("Rolelint does not run. The log says why.");
    if (about === undefined) return nothing("Choose a product in the side bar, under “Roles”.");
    try {
      const { coverage } = await this.service.ask<CoverageAnswer>("rolelint.coverage", about);
      const found = aboutCoverage(coverage, about);
      const isShown = (group: Group) => group.kind === coverage.kind && group.id === coverage.id;
      const first = groups.find((group) => isShown(group) && isNear(group, found)) ?? groups.find(isShown);
      const choices = groups.map((group) => ({
        label: `${group.name ?? group.id}${group.kind === "team" ? " (team)" : ""}`,
        isShown: group === first,
      }));
      return { page: page(coverage, choices, first?.location), title: `Coverage: ${coverage.name ?? coverage.id}`, about: found };
    } catch (error) {
      return nothing(error instanceof Error ? error.message : String(error));
    }
  }
}

/** What was meant by a place is kept by name, since the place may move. */
function aboutCoverage(coverage: Coverage, about: About): About {
  const uri = about.uri;
  return coverage.kind === "product" ? { product: coverage.id, uri } : { team: coverage.id, uri };
}

function isNear(group: Group, about: About): boolean {
  return about.uri === undefined || group.location.uri === about.uri;
}
