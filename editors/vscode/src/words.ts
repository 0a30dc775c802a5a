// Words that several views use.

import type { Summary } from "./protocol.ts";

/** "1 team", "3 teams". */
export function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

/** How duties stand, shortly: "2 uncovered, 1 held twice". */
export function standing(summary: Summary): string {
  const parts = [
    summary.open > 0 ? `${summary.open} uncovered` : "",
    summary.empty > 0 ? `${summary.empty} on empty seats` : "",
    summary.unclear > 0 ? `${summary.unclear} not clear` : "",
    summary.clashes > 0 ? `${summary.clashes} held twice` : "",
    summary.misplaced > 0 ? `${summary.misplaced} misplaced` : "",
  ].filter((part) => part !== "");
  if (parts.length > 0) return parts.join(", ");
  return summary.needed === 0 ? "" : "all duties covered";
}
