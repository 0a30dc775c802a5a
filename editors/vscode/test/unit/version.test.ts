import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isAsNewAs, versionIn } from "../../src/server/version.ts";

describe("the version of the program", () => {
  it("is read from what it prints", () => {
    assert.equal(versionIn("rolelint 0.1.0\n"), "0.1.0");
    assert.equal(versionIn("rolelint 1.20.3-rc.1\r\n"), "1.20.3");
    assert.equal(versionIn("GNU bash, version 5.2.15(1)-release"), undefined);
    assert.equal(versionIn(""), undefined);
  });

  it("counts as numbers and not as text", () => {
    assert.ok(isAsNewAs("0.10.0", "0.9.9"));
    assert.ok(isAsNewAs("0.9.9", "0.9.9"));
    assert.ok(isAsNewAs("2.0.0", "1.99.99"));
    assert.ok(!isAsNewAs("0.9.9", "0.10.0"));
    assert.ok(!isAsNewAs("1.0.0", "1.0.1"));
  });
});
