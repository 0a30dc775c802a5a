// Packs the extension that stands in for Red Hat's.

import * as fs from "node:fs";
import * as path from "node:path";
import { createVSIX } from "@vscode/vsce";
import { build } from "esbuild";

/** Packs it into a folder; the path of the package. */
export async function packYamlExtension(folder: string): Promise<string> {
  const root = path.join(import.meta.dirname, "../../..");
  fs.mkdirSync(folder, { recursive: true });
  const manifest = {
    name: "vscode-yaml",
    publisher: "redhat",
    version: "0.0.1",
    license: "MIT",
    description: "Stands in for the real one in tests",
    engines: { vscode: "^1.100.0" },
    main: "./extension.cjs",
    activationEvents: ["onLanguage:yaml"],
    server: path.join(root, "node_modules/yaml-language-server/bin/yaml-language-server"),
    files: ["extension.cjs"],
  };
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  fs.writeFileSync(path.join(folder, "README.md"), "Stands in for the real one in tests.\n");
  await build({
    entryPoints: [path.join(import.meta.dirname, "extension.ts")],
    outfile: path.join(folder, "extension.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    logLevel: "warning",
  });
  const packagePath = path.join(folder, "yaml.vsix");
  await createVSIX({ cwd: folder, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true });
  return packagePath;
}
