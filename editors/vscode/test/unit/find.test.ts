import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { candidates, firstThere, type Whereabouts } from "../../src/server/find.ts";

const where: Whereabouts = {
  setting: "",
  folder: "/home/ana/org",
  extension: "/ext",
  platform: "linux",
  home: "/home/ana",
  searchPath: "/usr/bin:relative:/opt/bin",
};

describe("where the program is looked for", () => {
  it("in the extension first, then in PATH", () => {
    assert.deepEqual(candidates(where), [
      { file: "/ext/server/rolelint", origin: "extension" },
      { file: "/usr/bin/rolelint", origin: "path" },
      { file: "/opt/bin/rolelint", origin: "path" },
    ]);
  });

  it("only where the setting says, when it says something", () => {
    const of = (setting: string) => candidates({ ...where, setting });
    assert.deepEqual(of("/opt/rolelint"), [{ file: "/opt/rolelint", origin: "setting" }]);
    assert.deepEqual(of("  ~/bin/rolelint "), [{ file: "/home/ana/bin/rolelint", origin: "setting" }]);
    assert.deepEqual(of("tools/rolelint"), [{ file: "/home/ana/org/tools/rolelint", origin: "setting" }]);
    assert.equal(of("   ").length, 3);
  });

  it("under the name that Windows wants", () => {
    const windows: Whereabouts = {
      ...where,
      platform: "win32",
      extension: "C:\\ext",
      home: "C:\\Users\\ana",
      searchPath: "C:\\bin;D:\\tools",
    };
    assert.deepEqual(
      candidates(windows).map(({ file }) => file),
      ["C:\\ext\\server\\rolelint.exe", "C:\\bin\\rolelint.exe", "D:\\tools\\rolelint.exe"],
    );
    assert.deepEqual(candidates({ ...windows, setting: "~\\rolelint.exe" }), [
      { file: "C:\\Users\\ana\\rolelint.exe", origin: "setting" },
    ]);
  });

  it("the first that is there counts", async () => {
    const there = new Set(["/opt/bin/rolelint", "/usr/bin/rolelint"]);
    const found = await firstThere(candidates(where), async (file) => there.has(file));
    assert.deepEqual(found, { file: "/usr/bin/rolelint", origin: "path" });
    assert.equal(await firstThere(candidates(where), async () => false), undefined);
  });
});
