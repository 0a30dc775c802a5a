// How findings look in the editor.

import rules from "./rules.json" with { type: "json" };
import type { Severities, Shown } from "./settings.ts";

const GROUP_OF: ReadonlyMap<string, string> = new Map(rules.map((rule) => [rule.id, rule.group]));

/** How the findings of a rule look; `undefined` where nothing is said of it. */
export function shownAs(rule: string, severities: Severities): Shown | undefined {
  const group = GROUP_OF.get(rule);
  return severities[rule] ?? (group === undefined ? undefined : severities[group]);
}

/** The part of a diagnostic that counts here. */
export interface Found {
  severity?: number | undefined;
  code?: unknown;
  source?: string | undefined;
}

/** VS Code's numbers. */
const NUMBERS: Readonly<Record<Exclude<Shown, "off">, number>> = { error: 0, warning: 1, hint: 2 };

/** The rule that a diagnostic comes from. */
export function ruleOf(found: Found): string | undefined {
  const code = found.code;
  if (typeof code === "string") return code;
  if (typeof code === "object" && code !== null && "value" in code && typeof code.value === "string") return code.value;
  return undefined;
}

/** Diagnostics as they are to look, without those that are off. */
export function adjusted<T extends Found>(
  diagnostics: readonly T[],
  severities: Severities,
  hidden: ReadonlySet<string> = new Set(),
): T[] {
  return diagnostics.filter((diagnostic) => {
    const rule = ruleOf(diagnostic);
    if (rule === undefined) return true;
    const shown = shownAs(rule, severities);
    if (shown === "off" || hidden.has(rule)) return false;
    if (shown !== undefined) diagnostic.severity = NUMBERS[shown];
    return true;
  });
}
