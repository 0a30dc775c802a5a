// Where the rolelint program is.

import * as path from "node:path";

/** Where a program comes from. */
export type Origin = "setting" | "extension" | "path";

/** A place where the program may be. */
export interface Candidate {
  readonly file: string;
  readonly origin: Origin;
}

/** What is known about where to look. */
export interface Whereabouts {
  /** The setting `rolelint.path`. */
  readonly setting: string;
  /** The folder that relative paths of the setting start from: the first one that is open. */
  readonly folder: string | undefined;
  /** The folder of the extension. */
  readonly extension: string;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** The variable `PATH`. */
  readonly searchPath: string;
}

/** The name of the program on a platform. */
export function programName(platform: NodeJS.Platform): string {
  return platform === "win32" ? "rolelint.exe" : "rolelint";
}

/**
 * Where to look, the best place first. A setting stands alone: whoever names a program wants that one, and to be told
 * when it is not there.
 */
export function candidates(where: Whereabouts): Candidate[] {
  const name = programName(where.platform);
  const paths = where.platform === "win32" ? path.win32 : path.posix;
  const setting = where.setting.trim();
  if (setting !== "") {
    let file = setting;
    if (file === "~" || file.startsWith("~/") || file.startsWith("~\\")) file = paths.join(where.home, file.slice(1));
    if (!paths.isAbsolute(file) && where.folder !== undefined) file = paths.join(where.folder, file);
    return [{ file, origin: "setting" }];
  }
  const inPath = where.searchPath
    .split(paths.delimiter)
    .filter((folder) => paths.isAbsolute(folder))
    .map((folder): Candidate => ({ file: paths.join(folder, name), origin: "path" }));
  return [{ file: paths.join(where.extension, "server", name), origin: "extension" }, ...inPath];
}

/** The first candidate that is there. */
export async function firstThere(
  places: readonly Candidate[],
  isThere: (file: string) => Promise<boolean>,
): Promise<Candidate | undefined> {
  for (const place of places) {
    if (await isThere(place.file)) return place;
  }
  return undefined;
}
