// Which rolelint this extension can work with.

/** The oldest rolelint that answers all that this extension asks. */
export const OLDEST = "0.1.0";

/** The version that `rolelint --version` prints, such as "rolelint 0.1.0". */
export function versionIn(output: string): string | undefined {
  return /^rolelint (\d+\.\d+\.\d+)(?:[-+]\S+)?\s*$/m.exec(output)?.[1];
}

/** Whether a version is as new as another. Both are three numbers. */
export function isAsNewAs(version: string, oldest: string): boolean {
  const numbers = (text: string) => text.split(".").map(Number);
  const [have, want] = [numbers(version), numbers(oldest)];
  for (let at = 0; at < 3; at++) {
    const difference = (have[at] ?? 0) - (want[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
