// Finds the program and asks its version.

import { execFile } from "node:child_process";
import { constants } from "node:fs";
import * as fs from "node:fs/promises";
import { type Candidate, candidates, firstThere, type Whereabouts } from "./find.ts";
import { missing, notRolelint, tooOld, type Trouble } from "./trouble.ts";
import { isAsNewAs, OLDEST, versionIn } from "./version.ts";

/** A program that this extension can work with. */
export interface Program extends Candidate {
  readonly version: string;
}

/** How long a program may take to say its version, in milliseconds. */
const PATIENCE = 15_000;

/** Finds the program, or says why there is none. */
export async function probe(where: Whereabouts, system: string): Promise<Program | Trouble> {
  const place = await firstThere(candidates(where), isProgram);
  if (place === undefined) return missing(where.setting, system);
  const answer = await ask(place.file);
  if (answer.why !== undefined) return notRolelint(place, answer.why);
  const version = versionIn(answer.output);
  if (version === undefined) return notRolelint(place, "");
  return isAsNewAs(version, OLDEST) ? { ...place, version } : tooOld(place, version);
}

async function isProgram(file: string): Promise<boolean> {
  try {
    if (!(await fs.stat(file)).isFile()) return false;
    // Packages are zip files, and not every way of unpacking them keeps what may be run.
    if (process.platform !== "win32") await fs.access(file, constants.X_OK).catch(() => fs.chmod(file, 0o755));
    return true;
  } catch {
    return false;
  }
}

function ask(file: string): Promise<{ output: string; why?: string }> {
  return new Promise((resolve) => {
    execFile(file, ["--version"], { timeout: PATIENCE, windowsHide: true }, (error, output) => {
      if (error === null) return resolve({ output });
      const why = error.killed ? "it gave no answer" : String(error.code ?? error.signal ?? error.message);
      resolve({ output, why: typeof error.code === "number" ? `it ended with ${error.code}` : why });
    });
  });
}
