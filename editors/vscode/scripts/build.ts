// Bundles the extension, and the script of its page, into a file each.

import * as fs from "node:fs";
import * as path from "node:path";
import { build, type Metafile } from "esbuild";

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
  const { metafile } = await build({
    absWorkingDir: root,
    metafile: true,
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
  fs.writeFileSync(path.join(root, "dist/third-party-licences.txt"), licences(metafile));
}

/** The licences of the libraries that are in the bundle, which want to go with them. */
function licences(metafile: Metafile): string {
  const packages = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const found = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (found !== undefined) packages.add(found);
  }
  const texts = [...packages].sort().map((folder) => {
    const at = path.join(root, folder);
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(at, "package.json"), "utf8"));
    const file = fs.readdirSync(at).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? "" : fs.readFileSync(path.join(at, file), "utf8").trim();
    return `# ${name} ${version}: ${license}\n\n${text}\n`;
  });
  return texts.join("\n");
}

if (process.argv[1] === import.meta.filename) await bundle();
