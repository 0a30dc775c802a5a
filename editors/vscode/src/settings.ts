// The settings, as this extension and the server read them.

/** How findings look, by rule or group. */
export type Severities = Readonly<Record<string, Shown>>;

/** How a finding looks in the editor. */
export type Shown = "error" | "warning" | "hint" | "off";

const SHOWN: readonly string[] = ["error", "warning", "hint", "off"] satisfies Shown[];

/** The settings that this extension itself follows. */
export interface Settings {
  readonly path: string;
  readonly fixOnSave: boolean;
  readonly severities: Severities;
}

/** What settings are read from, such as VS Code's configuration. */
export interface Source {
  get(key: string): unknown;
}

/** Reads the settings; what has the wrong type counts as not said. */
export function settingsFrom(source: Source): Settings {
  const path = source.get("path");
  const severities: Record<string, Shown> = {};
  const said = source.get("severities");
  if (typeof said === "object" && said !== null) {
    for (const [name, shown] of Object.entries(said)) {
      if (typeof shown === "string" && SHOWN.includes(shown)) severities[name] = shown as Shown;
    }
  }
  return {
    path: typeof path === "string" ? path : "",
    fixOnSave: source.get("fixOnSave") === true,
    severities,
  };
}

/** What the server is told at the start. */
export interface InitialOptions {
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
  readonly unsafeFixAll: boolean;
  /** Role files are a language of their own, which no other server looks after; see `languages.ts` for all others. */
  readonly yamlServer: false;
}

/** What the server is told at the start. Later it asks by itself. */
export function initialOptions(source: Source): InitialOptions {
  const yes = (key: string, otherwise: boolean) => {
    const said = source.get(key);
    return typeof said === "boolean" ? said : otherwise;
  };
  return {
    inlayHints: yes("inlayHints", true),
    codeLens: yes("codeLens", true),
    unsafeFixAll: yes("unsafeFixAll", false),
    yamlServer: false,
  };
}
