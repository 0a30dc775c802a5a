// What the status bar says.

import type { Overview } from "./protocol.ts";
import type { Health } from "./server/service.ts";
import { count } from "./words.ts";

/** How many findings of each kind there are. */
export interface Findings {
  readonly errors: number;
  readonly warnings: number;
  readonly hints: number;
}

export interface Status {
  /** With VS Code's icons: `$(check)`. */
  readonly text: string;
  /** A line each. */
  readonly details: readonly string[];
  /** What a screen reader says. */
  readonly spoken: string;
  readonly color: "none" | "error";
  readonly isVisible: boolean;
}

/** What the status bar says. `isNear` tells that the current file is one that rolelint checks. */
export function statusOf(
  health: Health,
  version: string | undefined,
  overview: Overview | undefined,
  findings: Findings,
  isNear: boolean,
): Status {
  if (health === "broken") {
    const spoken = "Rolelint does not run";
    return { text: "$(error) Roles", details: [`${spoken}. The log says why.`], spoken, color: "error", isVisible: true };
  }
  if (health === "starting" || overview === undefined) {
    const spoken = "Rolelint starts";
    return { text: "$(sync~spin) Roles", details: [`${spoken} …`], spoken, color: "none", isVisible: isNear };
  }
  const units = overview.groups.flatMap((group) => group.units);
  const teams = units.filter((unit) => unit.kind === "team").length;
  const products = overview.groups.filter((group) => group.kind === "product").length;
  const scope = `${count(overview.files, "role file")} with ${count(teams, "team")} and ${count(products, "product")}`;
  const found = [
    findings.errors > 0 ? count(findings.errors, "error") : "",
    findings.warnings > 0 ? count(findings.warnings, "warning") : "",
    findings.hints > 0 ? count(findings.hints, "hint") : "",
  ].filter((part) => part !== "");
  const result = found.length === 0 ? "nothing" : found.join(", ");
  const number = findings.errors + findings.warnings;
  return {
    text: number === 0 ? "$(pass) Roles" : `$(organization) Roles: ${count(number, "problem")}`,
    details: [`Checked: ${scope}.`, `Found: ${result}.`, `rolelint ${version ?? ""}`.trim()],
    spoken: `Roles: ${scope}; found: ${result}`,
    color: "none",
    isVisible: overview.files > 0 || isNear,
  };
}
