// Bundles the extension, and the script of its page, into a file each.

import * as path from "node:path";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "..");

export async function bundle(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ["src/webview/coverage.ts"],
    outfile: "dist/coverage.js",
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    minify: true,
    logLevel: "warning",
  });
  await build({
    absWorkingDir: root,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.cjs",
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    minify: true,
    legalComments: "none",
    logLevel: "warning",
  });
}

if (process.argv[1] === import.meta.filename) await bundle();
