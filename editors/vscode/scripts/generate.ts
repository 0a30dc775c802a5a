// Writes what follows from the rules of rolelint: `src/rules.json`, and the setting `rolelint.severities` in package.json.
// `node scripts/generate.ts [--check] [--binary FILE]`

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";

const root = path.join(import.meta.dirname, "..");
const { values } = parseArgs({ options: { check: { type: "boolean" }, binary: { type: "string" } } });
const binary = values.binary ?? process.env["ROLELINT_BIN"] ?? path.join(root, "../../target/debug/rolelint");

interface Rule {
  id: string;
  group: string;
  severity: string;
  summary: string;
}

const rules = JSON.parse(execFileSync(binary, ["rules", "--format", "json"], { encoding: "utf8" })) as Rule[];
const shown = ["error", "warning", "hint", "off"];
const properties: Record<string, unknown> = {};
for (const group of new Set(rules.map((rule) => rule.group))) {
  properties[group] = { type: "string", enum: shown, description: `All rules of the group “${group}”.` };
}
for (const rule of rules) {
  properties[rule.id] = { type: "string", enum: shown, description: `Finds ${rule.summary}. Usually: ${rule.severity}.` };
}

function write(file: string, text: string): void {
  const at = path.join(root, file);
  if (fs.existsSync(at) && fs.readFileSync(at, "utf8") === text) return;
  if (values.check) {
    console.error(`${file} is not what the rules say. Run: npm run generate`);
    process.exit(1);
  }
  fs.writeFileSync(at, text);
  console.log(`wrote ${file}`);
}

const short = rules.map(({ id, group }) => `  ${JSON.stringify({ id, group })}`);
write("src/rules.json", `[\n${short.join(",\n")}\n]\n`);
const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
manifest.contributes.configuration.properties["rolelint.severities"].properties = properties;
write("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
