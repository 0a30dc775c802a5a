import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { statusOf } from "../../src/statusText.ts";
import { OVERVIEW } from "./organisation.ts";

const NONE = { errors: 0, warnings: 0, hints: 0 };

describe("the status bar", () => {
  it("says what is checked and what was found", () => {
    const status = statusOf("running", "0.1.0", OVERVIEW, { errors: 2, warnings: 1, hints: 4 }, true);
    assert.equal(status.text, "$(organization) Roles: 3 problems");
    assert.deepEqual(status.details, [
      "Checked: 3 role files with 2 teams and 1 product.",
      "Found: 2 errors, 1 warning, 4 hints.",
      "rolelint 0.1.0",
    ]);
    assert.equal(status.spoken, "Roles: 3 role files with 2 teams and 1 product; found: 2 errors, 1 warning, 4 hints");
  });

  it("is calm when all is well", () => {
    const status = statusOf("running", "0.1.0", OVERVIEW, NONE, true);
    assert.equal(status.text, "$(pass) Roles");
    assert.equal(status.details[1], "Found: nothing.");
  });

  it("is not there where there are no role files", () => {
    const empty = { files: 0, left_out: 0, groups: [] };
    assert.equal(statusOf("running", "0.1.0", empty, NONE, false).isVisible, false);
    assert.equal(statusOf("running", "0.1.0", empty, NONE, true).isVisible, true);
    assert.equal(statusOf("starting", undefined, undefined, NONE, false).isVisible, false);
  });

  it("is always there when something is wrong", () => {
    const status = statusOf("broken", undefined, undefined, NONE, false);
    assert.deepEqual(
      [status.isVisible, status.color, status.spoken],
      [true, "error", "Rolelint does not run"],
    );
  });
});
