// Stands in for Red Hat's YAML extension, which no package registry has: under its name, for the same documents and with
// the server that it is made of, told of the schemas that other extensions contribute.

import * as path from "node:path";
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

interface Contribution {
  readonly fileMatch: string | readonly string[];
  readonly url: string;
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = String(context.extension.packageJSON["server"]);
  client = new LanguageClient(
    "yaml",
    "YAML",
    { command: process.execPath, args: [server, "--stdio"] },
    { documentSelector: [{ language: "yaml" }] },
  );
  await client.start();
  const schemas = vscode.extensions.all.flatMap(({ packageJSON, extensionPath }) => {
    const contributed = (packageJSON.contributes?.yamlValidation ?? []) as Contribution[];
    return contributed.map(({ fileMatch, url }) => ({
      fileMatch: [fileMatch].flat(),
      uri: vscode.Uri.file(path.join(extensionPath, url)).toString(),
    }));
  });
  await client.sendNotification("json/schemaAssociations", schemas);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
