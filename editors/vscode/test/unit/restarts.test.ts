import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Restarts } from "../../src/server/restarts.ts";

describe("a server that stops by itself", () => {
  it("is started again, until it has stopped too often", () => {
    const restarts = new Restarts(3, 1000);
    assert.equal(restarts.stopped(0), true);
    assert.equal(restarts.stopped(10), true);
    assert.equal(restarts.stopped(20), false);
    assert.equal(restarts.count, 3);
  });

  it("is forgiven after a while", () => {
    const restarts = new Restarts(2, 1000);
    assert.equal(restarts.stopped(0), true);
    assert.equal(restarts.stopped(1001), true);
    assert.equal(restarts.stopped(1500), false);
  });

  it("is forgiven when somebody restarts it", () => {
    const restarts = new Restarts(2, 1000);
    restarts.stopped(0);
    restarts.forget();
    assert.equal(restarts.stopped(1), true);
  });
});
