import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Line, lines } from "../../src/tree/model.ts";
import { OVERVIEW, SHOP } from "./organisation.ts";

/** The tree as somebody sees it. */
function shown(lines: readonly Line[], indent = ""): string {
  return lines
    .map((line) => {
      const place = line.place === undefined ? "" : ` @ ${line.place.uri.slice(12, -11)}:${line.place.range.start.line + 1}`;
      const sign = line.alarming ? "! " : "";
      return `${indent}${sign}${line.icon} ${line.label} | ${line.description}${place}\n${shown(line.children, `${indent}  `)}`;
    })
    .join("");
}

describe("the tree", () => {
  it("has products, their teams, seats and holders", () => {
    assert.equal(
      shown(lines(OVERVIEW)),
      `! package The shop | 2 uncovered, 1 held twice @ shop:1
  person Product Manager | Ana Lima @ shop:3
    account Ana Lima |  @ shop:3
  organization checkout | 2 empty seats @ checkout:1
    person Product Owner | ben, Eve Müller @ checkout:4
      account ben | acting @ checkout:4
      account Eve Müller |  @ checkout:5
    ! circle-slash Scrum Master | vacant, covered by Ana Lima @ checkout:6
    circle-slash florist | nobody is named @ checkout:7
organization Data | all duties covered @ data:1
`,
    );
  });

  it("says of a product that only teams name that no file defines it", () => {
    const [line] = lines({ ...OVERVIEW, groups: [{ ...SHOP, name: null, defined: false, units: SHOP.units.slice(1) }] });
    assert.equal(line?.label, "shop");
    assert.equal(line?.description, "not defined in any file, 2 uncovered, 1 held twice");
    assert.deepEqual(
      line?.children.map((child) => child.label),
      ["checkout"],
    );
  });

  it("says what is left out", () => {
    const all = lines({ ...OVERVIEW, left_out: 1200 });
    assert.equal(all.at(-1)?.label, "and 1200 more products");
  });

  it("has words for a screen reader", () => {
    const spoken = (line: Line): string[] => [line.spoken, ...line.children.flatMap(spoken)];
    assert.deepEqual(lines(OVERVIEW).flatMap(spoken), [
      "The shop, product, 2 uncovered, 1 held twice",
      "Product Manager, Ana Lima",
      "Ana Lima",
      "checkout, team, 2 empty seats",
      "Product Owner, ben, Eve Müller",
      "ben, acting",
      "Eve Müller",
      "Scrum Master, vacant, covered by Ana Lima",
      "florist, nobody is named",
      "Data, team, all duties covered",
    ]);
  });

  it("gives each line a name of its own", () => {
    const ids = (line: Line): string[] => [line.id, ...line.children.flatMap(ids)];
    const all = lines(OVERVIEW).flatMap(ids);
    assert.equal(new Set(all).size, all.length);
  });
});
