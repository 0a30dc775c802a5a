// Packs the extension: `node scripts/package.ts [--target TARGET] [--binary FILE] [--out FILE]`.
//
// The program is built for release, unless `--binary` (or the variable ROLELINT_BIN) names one that is there already.

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { bundle } from "./build.ts";

const root = path.join(import.meta.dirname, "..");
const repository = path.join(root, "../..");

/** What VS Code calls the platforms, by what Rust calls them. */
const TARGETS = {
  "linux-x64": "x86_64-unknown-linux-gnu",
  "linux-arm64": "aarch64-unknown-linux-gnu",
  "alpine-x64": "x86_64-unknown-linux-musl",
  "alpine-arm64": "aarch64-unknown-linux-musl",
  "darwin-x64": "x86_64-apple-darwin",
  "darwin-arm64": "aarch64-apple-darwin",
  "win32-x64": "x86_64-pc-windows-msvc",
  "win32-arm64": "aarch64-pc-windows-msvc",
} as const;
type Target = keyof typeof TARGETS;

const { values } = parseArgs({
  options: { target: { type: "string" }, binary: { type: "string" }, out: { type: "string" } },
});
const here = `${process.platform}-${process.arch}`;
const target = (values.target ?? here) as Target;
if (!(target in TARGETS)) {
  console.error(`There is no target “${target}”. The targets: ${Object.keys(TARGETS).join(", ")}.`);
  process.exit(2);
}
const program = target.startsWith("win32") ? "rolelint.exe" : "rolelint";

function builtProgram(): string {
  const given = values.binary ?? process.env["ROLELINT_BIN"];
  if (given !== undefined && given !== "") return path.resolve(given);
  const forOther = target === here ? [] : ["--target", TARGETS[target]];
  execFileSync("cargo", ["build", "--locked", "--release", ...forOther], { cwd: repository, stdio: "inherit" });
  const folder = target === here ? "" : TARGETS[target];
  return path.join(repository, "target", folder, "release", program);
}

function copy(from: string, to: string): void {
  fs.cpSync(path.join(repository, from), path.join(root, to), { recursive: true });
}

const binary = builtProgram();
for (const folder of ["server", "schemas", "sample"]) fs.rmSync(path.join(root, folder), { recursive: true, force: true });
fs.mkdirSync(path.join(root, "server"));
fs.copyFileSync(binary, path.join(root, "server", program));
if (!program.endsWith(".exe")) {
  fs.chmodSync(path.join(root, "server", program), 0o755);
  // Names of functions are of use to debuggers only, and are most of a debug build. Mac binaries are signed as they are.
  if (target === here && process.platform === "linux") {
    try {
      execFileSync("strip", [path.join(root, "server", program)]);
    } catch (error) {
      console.warn(`The program is packed as large as it is: ${String(error)}`);
    }
  }
}
for (const schema of ["role-file", "config", "baseline"]) copy(`schemas/${schema}.schema.json`, `schemas/${schema}.schema.json`);
copy("docs/sample", "sample");
copy("LICENSE-MIT", "LICENSE.txt");
await bundle();
const out = path.resolve(values.out ?? path.join(root, `out/rolelint-${target}.vsix`));
fs.mkdirSync(path.dirname(out), { recursive: true });
await createVSIX({ cwd: root, packagePath: out, target, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
console.log(`${out}: ${(fs.statSync(out).size / 1e6).toFixed(1)} MB`);
