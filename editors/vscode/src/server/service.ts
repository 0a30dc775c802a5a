// The life of the server: started, stopped, started again.

import * as os from "node:os";
import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import type { Log } from "../log.ts";
import { settingsFrom } from "../settings.ts";
import { handleErrors, makeClient, type OwnCommand } from "./client.ts";
import { type Program, probe } from "./probe.ts";
import { Restarts } from "./restarts.ts";
import { stopped, type Trouble } from "./trouble.ts";

/** How the server is. */
export type Health = "starting" | "running" | "broken";

/** The server and its client. */
export class Service implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private program: Program | undefined;
  private state: Health = "starting";
  private readonly restarts = new Restarts();
  private readonly changed = new vscode.EventEmitter<Health>();
  private readonly own = new Map<string, OwnCommand>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Starts and stops come one after the other. */
  private queue: Promise<void> = Promise.resolve();

  /** Tells when the server starts, runs or fails. */
  readonly onDidChange = this.changed.event;

  private readonly context: vscode.ExtensionContext;
  private readonly log: Log;

  constructor(context: vscode.ExtensionContext, log: Log) {
    this.context = context;
    this.log = log;
  }

  /** How the server is. */
  get health(): Health {
    return this.state;
  }

  /** The version of the server, where one was found. */
  get version(): string | undefined {
    return this.program?.version;
  }

  /** Carries out a command of the server in another way than the server would. */
  takeOver(command: string, run: OwnCommand): void {
    this.own.set(command, run);
  }

  /** Starts the server, or starts it again. Whatever fails is told to the user. */
  start(): Promise<void> {
    this.restarts.forget();
    return this.enqueue(async () => {
      await this.end();
      await this.begin();
    });
  }

  /** Starts the server again in a moment: after whatever else happens because of the same change. */
  startSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.start(), 100);
  }

  /** Asks the server to do a command. */
  async ask<T>(command: string, argument?: unknown): Promise<T> {
    const client = this.client;
    if (client === undefined || !client.isRunning()) throw new Error("rolelint does not run.");
    const args = argument === undefined ? [] : [argument];
    return client.sendRequest("workspace/executeCommand", { command, arguments: args });
  }

  /** The client, where it runs. */
  get running(): LanguageClient | undefined {
    return this.client?.isRunning() ? this.client : undefined;
  }

  async dispose(): Promise<void> {
    clearTimeout(this.timer);
    await this.enqueue(() => this.end());
    this.changed.dispose();
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step, step);
    return this.queue;
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client === undefined) return;
    try {
      await client.dispose(2000);
    } catch (error) {
      // It is gone, which is what was wanted.
      this.log.debug(`The server did not stop in an orderly way: ${String(error)}`);
    }
  }

  private async begin(): Promise<void> {
    this.become("starting");
    const setting = settingsFrom(vscode.workspace.getConfiguration("rolelint")).path;
    const found = await probe(
      {
        setting,
        folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
        extension: this.context.extensionPath,
        platform: process.platform,
        home: os.homedir(),
        searchPath: process.env["PATH"] ?? "",
      },
      `${process.platform}-${process.arch}`,
    );
    if ("message" in found) return this.fail(found);
    this.program = found;
    this.log.info(`rolelint ${found.version}: ${found.file} (${ORIGINS[found.origin]})`);
    const client = makeClient(found, this.log, handleErrors(this.log, () => this.closed(client)), this.own);
    this.client = client;
    client.onDidChangeState((event) => {
      if (client !== this.client) return;
      if (event.newState === State.Running) {
        this.log.info("The server runs.");
        this.become("running");
      } else if (event.newState === State.Starting) {
        this.become("starting");
      }
    });
    try {
      await client.start();
    } catch (error) {
      if (client !== this.client) return;
      this.fail({
        message: `rolelint does not start: ${error instanceof Error ? error.message : String(error)}. The log says more.`,
        remedy: { label: "Show Log", command: "showLog" },
      });
    }
  }

  /** The server is gone; whether it is to be started again. */
  private closed(client: LanguageClient): boolean {
    if (client !== this.client) return false;
    if (this.restarts.stopped(Date.now())) {
      this.log.warn("The server stopped by itself and is started again.");
      return true;
    }
    this.fail(stopped(this.restarts.count));
    return false;
  }

  private become(health: Health): void {
    this.state = health;
    void vscode.commands.executeCommand("setContext", "rolelint.running", health === "running");
    void vscode.commands.executeCommand("setContext", "rolelint.broken", health === "broken");
    this.changed.fire(health);
  }

  private fail(trouble: Trouble): void {
    this.log.error(trouble.message);
    this.become("broken");
    void this.tell(trouble);
  }

  private async tell({ message, remedy }: Trouble): Promise<void> {
    const picked = await vscode.window.showErrorMessage(message, remedy.label);
    if (picked === undefined) return;
    switch (remedy.command) {
      case "openSetting":
        await openSetting("path");
        break;
      case "showLog":
        this.log.show();
        break;
      case "restart":
        await this.start();
        break;
    }
  }
}

/** Shows a setting where it is set, else where it can be set for this machine. */
async function openSetting(name: string): Promise<void> {
  const said = vscode.workspace.getConfiguration("rolelint").inspect(name);
  const isOfFolder = said?.workspaceValue !== undefined || said?.workspaceFolderValue !== undefined;
  const where = isOfFolder ? "Workspace" : vscode.env.remoteName === undefined ? "" : "Remote";
  await vscode.commands.executeCommand(`workbench.action.open${where}Settings`, { query: `@id:rolelint.${name}` });
}

const ORIGINS = {
  setting: "as the setting rolelint.path says",
  extension: "comes with this extension",
  path: "found in PATH",
} as const;
