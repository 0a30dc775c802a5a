import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { describe, it } from "node:test";
import { isSharedWithYaml, ROLE_FILE, YAML } from "../../src/languages.ts";
import { initialOptions, settingsFrom } from "../../src/settings.ts";
import { adjusted, ruleOf, shownAs } from "../../src/severities.ts";

const said = (values: Record<string, unknown>) => ({ get: (key: string) => values[key] });

describe("the settings", () => {
  it("that the extension follows", () => {
    assert.deepEqual(settingsFrom(said({})), { path: "", fixOnSave: false, severities: {} });
    assert.deepEqual(
      settingsFrom(said({ path: "~/rolelint", fixOnSave: true, severities: { people: "off", "wrong-role": "hint" } })),
      { path: "~/rolelint", fixOnSave: true, severities: { people: "off", "wrong-role": "hint" } },
    );
  });

  it("with mistakes in them count as not said", () => {
    assert.deepEqual(settingsFrom(said({ path: 3, fixOnSave: "yes", severities: { people: "loud", syntax: 1 } })), {
      path: "",
      fixOnSave: false,
      severities: {},
    });
    assert.deepEqual(settingsFrom(said({ severities: null })).severities, {});
  });

  it("that the server is told at the start", () => {
    assert.deepEqual(initialOptions(said({})), {
      inlayHints: true,
      codeLens: true,
      unsafeFixAll: false,
      yamlServer: false,
    });
    assert.deepEqual(initialOptions(said({ inlayHints: false, codeLens: "no", unsafeFixAll: true })), {
      inlayHints: false,
      codeLens: true,
      unsafeFixAll: true,
      yamlServer: false,
    });
  });

  it("have the same defaults in package.json", () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, "../../package.json"), "utf8"));
    const properties: Record<string, { default: unknown }> = manifest.contributes.configuration.properties;
    const defaults = said(
      Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name.replace("rolelint.", ""), property.default]),
      ),
    );
    assert.deepEqual(initialOptions(defaults), initialOptions(said({})));
    assert.deepEqual(settingsFrom(defaults), settingsFrom(said({})));
  });
});

describe("severities", () => {
  it("a rule counts more than its group", () => {
    const severities = { people: "off", "departed-holder": "error" } as const;
    assert.equal(shownAs("departed-holder", severities), "error");
    assert.equal(shownAs("unknown-person", severities), "off");
    assert.equal(shownAs("syntax", severities), undefined);
    assert.equal(shownAs("no-such-rule", severities), undefined);
  });

  it("change how findings look, and hide those that are off", () => {
    const found = [
      { code: "wrong-role", severity: 0 },
      { code: { value: "placeholder", target: "page" }, severity: 1 },
      { code: "syntax", severity: 0 },
      { code: 7, severity: 0 },
    ];
    assert.deepEqual(adjusted(found, { ownership: "hint", placeholder: "off" }), [
      { code: "wrong-role", severity: 2 },
      { code: "syntax", severity: 0 },
      { code: 7, severity: 0 },
    ]);
    assert.deepEqual(adjusted(found.slice(2), {}, new Set(["syntax"])), [{ code: 7, severity: 0 }]);
    assert.equal(ruleOf({}), undefined);
  });
});

describe("another extension for YAML", () => {
  it("shares the documents of its own language only", () => {
    assert.equal(isSharedWithYaml(YAML, true), true);
    assert.equal(isSharedWithYaml(YAML, false), false);
    assert.equal(isSharedWithYaml(ROLE_FILE, true), false);
  });
});
