import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { emptyPage, escaped, frame, page } from "../../src/coverage/html.ts";
import { matrix } from "../../src/coverage/matrix.ts";
import { BOTH, COVERAGE, place } from "./organisation.ts";

/** The matrix as somebody sees it. */
function shown(): string {
  const table = matrix(COVERAGE);
  const head = table.columns.map((column) => `${column.who}/${column.title}/${column.unit}`).join(" | ");
  const rows = table.sections.flatMap(({ owner, rows }) => [
    `[${owner}]`,
    ...rows.map((row) => {
      const cells = row.cells.map((cell) => cell.look).join(" | ");
      return `${row.needsAttention ? "! " : ""}${row.title} | ${cells} | ${row.result} (${row.standing})`;
    }),
  ]);
  const others = table.others.map((column) => `${column.who}/${column.title}/${column.unit}`);
  return [head, ...rows, ...others].join("\n");
}

describe("the matrix", () => {
  it("has seats as columns and duties as rows, with holes and clashes", () => {
    assert.equal(
      shown(),
      `Ana Lima/Product Manager/ | Ben/Product Owner/checkout
[Product Manager]
! Roadmap | clash | clash | held twice (bad)
! Vision | hole | nothing | nobody (bad)
Pricing | nothing | nothing | not needed (free)
Research | assumed | nothing | assumed (good)
[Product Owner]
! Refinement | wrong | nothing | misplaced (unclear)
! Feedback | nothing | hole | nobody in checkout (bad)
vacant/Scrum Master/checkout`,
    );
  });
});

describe("a seat that combines two roles", () => {
  it("has the holes of both", () => {
    const cells = [{ has: "nothing", verdict: "fine" } as const];
    const duties = COVERAGE.duties.map((duty) => ({ ...duty, state: "open" as const, missing_in: [], cells }));
    const rows = matrix({ ...COVERAGE, seats: [BOTH], duties }).sections.flatMap((section) => section.rows);
    assert.deepEqual(
      rows.map((row) => `${row.duty}: ${row.cells[0]?.look}`),
      ["roadmap: hole", "vision: hole", "pricing: nothing", "research: hole", "refinement: hole", "feedback: hole"],
    );
  });
});

describe("the page", () => {
  const { html, places } = page(COVERAGE, []);

  it("leads from each mark to its line", () => {
    const target = (label: string) => {
      const found = new RegExp(`data-at="(\\d+)" aria-label="${label}`).exec(html);
      return places[Number(found?.[1])];
    };
    assert.deepEqual(target("Roadmap: Ben, Product Owner of checkout: has it, and so has somebody else"), place("checkout", 7));
    assert.deepEqual(target("Vision: Ana Lima, Product Manager: nobody has it"), place("shop", 2));
    assert.deepEqual(target("Feedback: nobody in checkout"), place("checkout", 3));
    // Assumed: nothing says it, so the seat itself is shown.
    assert.deepEqual(target("Research: Ana Lima, Product Manager: assumed"), place("shop", 2));
  });

  it("is a table with headings that a screen reader reads", () => {
    assert.match(html, /<th scope="col">/);
    assert.match(html, /<th scope="row"><span class="duty">Roadmap<\/span>/);
    assert.match(html, /<caption class="unseen">/);
    // Every picture is hidden from it, and every button has words.
    const pictures = html.match(/<svg/g)?.length;
    assert.equal(html.match(/<svg viewBox="0 0 16 16" aria-hidden="true">/g)?.length, pictures);
    const buttons = html.match(/<button/g)?.length;
    assert.equal(html.match(/<button type="button" class="[^"]+" data-at="\d+" aria-label="[^"]+"/g)?.length, buttons);
  });

  it("shows names as they are written, and runs nothing in them", () => {
    assert.ok(html.includes("The &lt;b&gt;shop&lt;/b&gt;"));
    assert.ok(!html.includes("<b>shop"));
    assert.equal(escaped(`<a href="x" title='y'>&`), "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
  });

  it("sums up", () => {
    const chips = [...html.matchAll(/<li class="chip [^"]*">(.*?)<\/li>/g)].map((match) => match[1]?.replaceAll(/<[^>]+>/g, ""));
    assert.deepEqual(chips, [
      "3 of 5 duties covered",
      "2 have nobody",
      "1 held twice",
      "1 on another seat than the catalog says",
    ]);
  });

  it("offers the other products", () => {
    const some = page(COVERAGE, [
      { label: "Shop", isShown: true },
      { label: "A & B", isShown: false },
    ]);
    assert.ok(some.html.includes(`<option value="0" selected>Shop</option><option value="1">A &amp; B</option>`));
  });

  it("allows no script but its own", () => {
    const whole = frame("n0nce", "https://source", "style.css", "script.js", emptyPage("Nothing <here>").html);
    assert.ok(whole.includes("default-src &#39;none&#39;; style-src https://source; script-src &#39;nonce-n0nce&#39;"));
    assert.ok(whole.includes("Nothing &lt;here&gt;"));
  });
});
