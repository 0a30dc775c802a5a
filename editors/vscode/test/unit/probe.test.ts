import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after, describe, it } from "node:test";
import { probe } from "../../src/server/probe.ts";
import { stopped } from "../../src/server/trouble.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "rolelint-probe-"));
after(() => fs.rmSync(folder, { recursive: true }));

/** A program that prints something and ends with a code. */
function program(name: string, output: string, code = 0): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' '${output}'\nexit ${code}\n`, { mode: 0o755 });
  return file;
}

function look(setting: string, extension = path.join(folder, "nothing")) {
  return probe(
    { setting, folder, extension, platform: process.platform, home: folder, searchPath: "" },
    "beos-m68k",
  );
}

describe("looking for the program", () => {
  it("finds it with its version", async () => {
    const file = program("ext/server/rolelint", "rolelint 9.8.7");
    assert.deepEqual(await look("", path.join(folder, "ext")), { file, origin: "extension", version: "9.8.7" });
  });

  it("makes it a program again when unpacking forgot that", async () => {
    const file = program("zip/server/rolelint", "rolelint 9.8.7");
    fs.chmodSync(file, 0o644);
    assert.deepEqual(await look("", path.join(folder, "zip")), { file, origin: "extension", version: "9.8.7" });
  });

  it("says that this system has none", async () => {
    assert.deepEqual(await look(""), {
      message:
        "This copy of the extension comes without a rolelint for your system (beos-m68k), and none was found. Install rolelint and say in the setting “rolelint.path” where it is.",
      remedy: { label: "Open Setting", command: "openSetting" },
    });
  });

  it("says that the setting leads nowhere, and takes nothing else instead", async () => {
    program("ext/server/rolelint", "rolelint 9.8.7");
    assert.deepEqual(await look("no/such/file", path.join(folder, "ext")), {
      message:
        "There is no program at “no/such/file”, where the setting “rolelint.path” says that rolelint is. Correct the setting, or empty it to use the rolelint that comes with this extension.",
      remedy: { label: "Open Setting", command: "openSetting" },
    });
  });

  it("says that the program is another one", async () => {
    const other = program("other", "hello");
    assert.deepEqual(await look(other), {
      message: `The program that the setting “rolelint.path” names, ${other}, does not answer as rolelint does. Correct the setting, or empty it to use the rolelint that comes with this extension.`,
      remedy: { label: "Open Setting", command: "openSetting" },
    });
    const failing = program("failing", "oh no", 3);
    const answer = await look(failing);
    assert.match("message" in answer ? answer.message : "", /does not answer as rolelint does \(it ended with 3\)\./);
  });

  it("says that it is too old", async () => {
    const old = program("old", "rolelint 0.0.9");
    assert.deepEqual(await look(old), {
      message: `rolelint 0.0.9 at ${old} is too old: this extension needs 0.1.0 or newer. Update it, or empty the setting “rolelint.path” to use the one that comes with this extension.`,
      remedy: { label: "Open Setting", command: "openSetting" },
    });
  });

  it("has one button for each trouble", () => {
    assert.deepEqual(stopped(5), {
      message:
        "rolelint stopped 5 times within three minutes and stays off. The log says more; “Rolelint: Restart” tries again.",
      remedy: { label: "Restart", command: "restart" },
    });
  });
});
