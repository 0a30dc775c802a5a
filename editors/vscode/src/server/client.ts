// The client of the language server: what is passed on, and what is done differently in VS Code.

import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
} from "vscode-languageclient/node";
import { isSharedWithYaml, LANGUAGES, RULES_OF_YAML, SETTINGS_FILE, YAML_EXTENSION } from "../languages.ts";
import { initialOptions, settingsFrom } from "../settings.ts";
import { adjusted } from "../severities.ts";
import type { Log } from "../log.ts";
import type { Program } from "./probe.ts";

/** A command of the server that VS Code carries out in its own way. */
export type OwnCommand = (args: unknown[]) => Promise<unknown>;

/** Makes a client that is not started yet. */
export function makeClient(
  program: Program,
  log: Log,
  errorHandler: ErrorHandler,
  own: ReadonlyMap<string, OwnCommand>,
): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: LANGUAGES.flatMap((language) =>
      // A document that was never saved is no settings file, since that one is known by its name.
      (language === SETTINGS_FILE ? ["file"] : ["file", "untitled"]).map((scheme) => ({ scheme, language })),
    ),
    outputChannel: log,
    initializationOptions: initialOptions(vscode.workspace.getConfiguration("rolelint")),
    diagnosticCollectionName: "rolelint",
    markdown: { supportHtml: false },
    errorHandler,
    initializationFailedHandler: () => false,
    middleware: middleware(own),
  };
  return new QuietClient(
    "rolelint",
    "Rolelint",
    { command: program.file, args: ["server"], options: { env: { ...process.env, RUST_BACKTRACE: "1" } } },
    options,
  );
}

/**
 * The library shows whatever goes wrong between it and the server in words for programmers. These belong into the log;
 * the service says what somebody can do something about.
 */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The handler that asks whether to start again. */
export function handleErrors(log: Log, isToStart: () => boolean): ErrorHandler {
  return {
    error: (error) => {
      log.error(`Cannot talk to the server: ${error.message}`);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => {
      const action = isToStart() ? CloseAction.Restart : CloseAction.DoNotRestart;
      return { action, handled: true };
    },
  };
}

function isShared(document: vscode.TextDocument): boolean {
  return isSharedWithYaml(document.languageId, vscode.extensions.getExtension(YAML_EXTENSION) !== undefined);
}

function hiddenRules(uri: vscode.Uri): ReadonlySet<string> | undefined {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  const validates = vscode.workspace.getConfiguration("yaml").get("validate") !== false;
  return document !== undefined && isShared(document) && validates ? RULES_OF_YAML : undefined;
}

function shown(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  const { severities } = settingsFrom(vscode.workspace.getConfiguration("rolelint", uri));
  return adjusted(diagnostics, severities, hiddenRules(uri));
}

function middleware(own: ReadonlyMap<string, OwnCommand>): Middleware {
  return {
    executeCommand: (command, args, next) => own.get(command)?.(args) ?? next(command, args),
    provideDiagnostics: async (document, previous, token, next) => {
      const report = await next(document, previous, token);
      if (report?.kind === "full") {
        report.items = shown(document instanceof vscode.Uri ? document : document.uri, report.items);
      }
      return report;
    },
    provideWorkspaceDiagnostics: (previous, token, reporter, next) =>
      next(previous, token, (chunk) => {
        for (const report of chunk?.items ?? []) {
          if (report.kind === "full") report.items = shown(report.uri, report.items);
        }
        reporter(chunk);
      }),
    handleDiagnostics: (uri, diagnostics, next) => next(uri, shown(uri, diagnostics)),
    provideFoldingRanges: (document, context, token, next) =>
      isShared(document) ? [] : next(document, context, token),
    provideSelectionRanges: (document, positions, token, next) =>
      isShared(document) ? [] : next(document, positions, token),
  };
}
