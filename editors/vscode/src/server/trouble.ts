// Why the server does not run: in words, and with the one thing that helps.

import type { Candidate } from "./find.ts";
import { OLDEST } from "./version.ts";

/** What helps: the label of a button, and a command. */
export interface Remedy {
  readonly label: string;
  readonly command: "openSetting" | "showLog" | "restart";
}

/** Why the server does not run. */
export interface Trouble {
  readonly message: string;
  readonly remedy: Remedy;
}

const OPEN_SETTING: Remedy = { label: "Open Setting", command: "openSetting" };

/** The program is nowhere. */
export function missing(setting: string, system: string): Trouble {
  if (setting.trim() !== "") {
    return {
      message: `There is no program at “${setting.trim()}”, where the setting “rolelint.path” says that rolelint is. Correct the setting, or empty it to use the rolelint that comes with this extension.`,
      remedy: OPEN_SETTING,
    };
  }
  return {
    message: `This copy of the extension comes without a rolelint for your system (${system}), and none was found. Install rolelint and say in the setting “rolelint.path” where it is.`,
    remedy: OPEN_SETTING,
  };
}

/** The program is there and says no version that anybody understands. */
export function notRolelint(place: Candidate, why: string): Trouble {
  const because = why === "" ? "" : ` (${why})`;
  if (place.origin === "setting") {
    return {
      message: `The program that the setting “rolelint.path” names, ${place.file}, does not answer as rolelint does${because}. Correct the setting, or empty it to use the rolelint that comes with this extension.`,
      remedy: OPEN_SETTING,
    };
  }
  return {
    message: `The program ${place.file} does not start${because}. The log says more.`,
    remedy: { label: "Show Log", command: "showLog" },
  };
}

/** The program is older than this extension needs. */
export function tooOld(place: Candidate, version: string): Trouble {
  const what = `rolelint ${version} at ${place.file} is too old: this extension needs ${OLDEST} or newer.`;
  const help =
    place.origin === "setting"
      ? "Update it, or empty the setting “rolelint.path” to use the one that comes with this extension."
      : "Update it, or say in the setting “rolelint.path” where a newer one is.";
  return { message: `${what} ${help}`, remedy: OPEN_SETTING };
}

/** The program stopped again and again. */
export function stopped(times: number): Trouble {
  return {
    message: `rolelint stopped ${times} times within three minutes and stays off. The log says more; “Rolelint: Restart” tries again.`,
    remedy: { label: "Restart", command: "restart" },
  };
}
