// A real VS Code: the code-server package, in a headless Chromium, with the packed extension installed.

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

/** Where things are that the tests did not make. */
export interface Given {
  /** The packed extension. */
  readonly vsix: string;
  /** The folder that is copied and opened. */
  readonly sample: string;
  /** Further settings of the user. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What the folder itself sets. */
  readonly folderSettings?: Readonly<Record<string, unknown>>;
  /** Further extensions, packed. */
  readonly extensions?: readonly string[];
}

const SETTINGS = {
  "workbench.startupEditor": "none",
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "window.commandCenter": false,
  "window.menuBarVisibility": "compact",
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
  "git.enabled": false,
  "workbench.colorTheme": "Default Light Modern",
};

/** A running editor. */
export class Editor {
  readonly page: Page;
  /** The open folder. */
  readonly folder: string;
  /** Where extensions are installed. */
  readonly extensions: string;
  private readonly server: ChildProcess;
  private readonly browser: BrowserContext;
  private readonly home: string;

  private constructor(home: string, server: ChildProcess, browser: BrowserContext, page: Page) {
    this.home = home;
    this.folder = path.join(home, "ferryline");
    this.extensions = path.join(home, "extensions");
    this.server = server;
    this.browser = browser;
    this.page = page;
  }

  /** Installs the extension, and opens a copy of the sample. */
  static async open(given: Given): Promise<Editor> {
    const command = process.env["CODE_SERVER"];
    if (command === undefined) throw new Error("CODE_SERVER is not set: run `npm test`, which brings it.");
    const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "rolelint-e2e-")));
    const data = path.join(home, "data");
    const extensions = path.join(home, "extensions");
    fs.mkdirSync(path.join(data, "User"), { recursive: true });
    fs.mkdirSync(extensions);
    const settings = { ...SETTINGS, ...given.settings };
    fs.writeFileSync(path.join(data, "User/settings.json"), JSON.stringify(settings, undefined, 2));
    fs.writeFileSync(path.join(home, "config.yaml"), "auth: none\ncert: false\n");
    fs.cpSync(given.sample, path.join(home, "ferryline"), { recursive: true });
    fs.mkdirSync(path.join(home, "ferryline/.vscode"));
    fs.writeFileSync(path.join(home, "ferryline/.vscode/settings.json"), JSON.stringify(given.folderSettings ?? {}));
    const environment = {
      ...process.env,
      CODE_SERVER_CONFIG: path.join(home, "config.yaml"),
      // Nobody looks for extensions in a marketplace.
      EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "http://127.0.0.1:9/", itemUrl: "http://127.0.0.1:9/" }),
      XDG_CACHE_HOME: path.join(home, "cache"),
    };
    const folders = ["--user-data-dir", data, "--extensions-dir", extensions];
    for (const extension of [given.vsix, ...(given.extensions ?? [])]) {
      const install = [...folders, "--install-extension", extension];
      execFileSync(command, install, { env: environment, stdio: "pipe" });
    }
    const port = await freePort();
    const log = fs.openSync(path.join(home, "code-server.log"), "w");
    const server = spawn(
      command,
      [...folders, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"],
      { env: environment, stdio: ["ignore", log, log] },
    );
    const base = `http://127.0.0.1:${port}`;
    let browser: BrowserContext | undefined;
    try {
      await answers(`${base}/healthz`);
      browser = await launch(path.join(home, "chromium"));
      const page = browser.pages()[0] ?? (await browser.newPage());
      const editor = new Editor(home, server, browser, page);
      const folder = encodeURIComponent(editor.folder);
      await page.goto(`${base}/?folder=${folder}`, { timeout: 120_000, waitUntil: "commit" });
      await page.waitForSelector(".monaco-workbench .part.statusbar", { timeout: 120_000 });
      return editor;
    } catch (error) {
      // Nothing that was started is left running.
      await browser?.close();
      server.kill();
      throw error;
    }
  }

  /** The path of a file in the folder. */
  path(file: string): string {
    return path.join(this.folder, file);
  }

  /** The text of a file as it is on the disk. */
  read(file: string): string {
    return fs.readFileSync(this.path(file), "utf8");
  }

  /** Changes a file behind the editor's back. */
  write(file: string, text: string): void {
    fs.writeFileSync(this.path(file), text);
  }

  /** The processes of the language server that this editor started. */
  servers(): number[] {
    const found: number[] = [];
    for (const name of fs.readdirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      try {
        if (fs.readlinkSync(`/proc/${name}/exe`).startsWith(this.extensions)) found.push(Number(name));
      } catch {
        // Gone, or somebody else's.
      }
    }
    return found;
  }

  /** What the log of the extension says. */
  log(): string {
    const logs: string[] = [];
    const walk = (folder: string): void => {
      for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        const at = path.join(folder, entry.name);
        if (entry.isDirectory()) walk(at);
        else if (/Rolelint.*\.log$/i.test(entry.name)) logs.push(fs.readFileSync(at, "utf8"));
      }
    };
    walk(path.join(this.home, "data/logs"));
    return logs.join("\n");
  }

  /** Ends everything that was started. */
  async close(): Promise<void> {
    await this.browser.close();
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill();
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10_000))]);
    this.server.kill("SIGKILL");
    fs.rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function launch(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    headless: true,
    viewport: { width: 1360, height: 860 },
    permissions: ["clipboard-read", "clipboard-write"],
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject()));
    });
  });
}

async function answers(address: string): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      if ((await fetch(address)).ok) return;
    } catch {
      // Not yet.
    }
    if (Date.now() > end) throw new Error(`${address} does not answer.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
