// What is in the package: all that it needs, and nothing else. Runs after `npm run package`.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { describe, it } from "node:test";
import { listFiles, PackageManager } from "@vscode/vsce";

const root = path.join(import.meta.dirname, "../..");
const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const files = (await listFiles({ cwd: root, packageManager: PackageManager.None })).map((file) => file.replaceAll("\\", "/"));

describe("the package", () => {
  it("has the program, the extension, and what they show; and nothing else", () => {
    const folders = new Map<string, string[]>();
    for (const file of files) {
      const folder = path.dirname(file);
      folders.set(folder, [...(folders.get(folder) ?? []), path.basename(file)].sort());
    }
    const of = (folder: string) => folders.get(folder);
    assert.deepEqual([...folders.keys()].sort(), [
      ".",
      "dist",
      "images",
      "languages",
      "media",
      "media/walkthrough",
      "sample",
      "sample/products",
      "sample/teams",
      "schemas",
      "server",
    ]);
    assert.deepEqual(of("."), ["LICENSE.txt", "README.md", "package.json"]);
    assert.deepEqual(of("dist"), ["coverage.js", "extension.cjs", "third-party-licences.txt"]);
    assert.deepEqual(of("server"), [process.platform === "win32" ? "rolelint.exe" : "rolelint"]);
    assert.deepEqual(of("schemas"), ["baseline.schema.json", "config.schema.json", "role-file.schema.json"]);
    assert.deepEqual(of("sample"), [".rolelint.yaml", "ferryline.roles.yaml", "people.roles.yaml"]);
  });

  it("has the licences of the libraries in it, which are permissive", () => {
    const text = fs.readFileSync(path.join(root, "dist/third-party-licences.txt"), "utf8");
    const licences = [...text.matchAll(/^# (\S+) \S+: (.+)$/gm)].map((match) => [match[1], match[2]] as const);
    assert.ok(licences.some(([name]) => name === "vscode-languageclient"), text.slice(0, 200));
    const permissive = new Set(["MIT", "ISC", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"]);
    assert.deepEqual(licences.filter(([, licence]) => !permissive.has(licence ?? "")), []);
  });

  it("has every file that its manifest names", () => {
    const named: string[] = [];
    const walk = (value: unknown): void => {
      if (typeof value === "string" && /^(\.\/)?(media|languages|schemas|dist)\//.test(value)) named.push(value);
      else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
    };
    walk({ ...manifest, files: [] });
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.map((name) => name.replace("./", "")).filter((name) => !files.includes(name)),
      [],
    );
  });

  it("has every picture that its README shows, and no other", () => {
    const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");
    const shown = [...readme.matchAll(/\]\((images\/[^)]+)\)/g)].map((match) => match[1]);
    assert.deepEqual(shown.sort(), files.filter((file) => file.startsWith("images/")).sort());
  });

  it("has a title for every command, and every command that a menu names", () => {
    const commands = new Set(manifest.contributes.commands.map(({ command }: { command: string }) => command));
    const menus: { command: string }[] = Object.values(manifest.contributes.menus).flat() as { command: string }[];
    assert.deepEqual(
      menus.map(({ command }) => command).filter((command) => !commands.has(command)),
      [],
    );
    const source = fs.readFileSync(path.join(root, "src/commands.ts"), "utf8");
    const registered = new Set([...source.matchAll(/register\("(\w+)"/g)].map((match) => `rolelint.${match[1]}`));
    assert.deepEqual([...commands].filter((command) => !registered.has(command as string)), []);
  });
});
