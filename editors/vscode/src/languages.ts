// Which documents are whose: rolelint's, and those that another YAML extension looks after, too.

/** Role files. */
export const ROLE_FILE = "role-file";
/** `.rolelint.yaml`. */
export const SETTINGS_FILE = "rolelint-settings";
/** Any other YAML, which `include:` may take in. */
export const YAML = "yaml";

/** The languages that the server is told of. */
export const LANGUAGES: readonly string[] = [ROLE_FILE, SETTINGS_FILE, YAML];

/** The extension that most people have for YAML. */
export const YAML_EXTENSION = "redhat.vscode-yaml";

/**
 * Whether another extension already folds, selects and finds syntax errors in a document. It looks after documents of
 * the language YAML and leaves role files alone.
 */
export function isSharedWithYaml(language: string, hasYamlExtension: boolean): boolean {
  return hasYamlExtension && language === YAML;
}

/** The rules whose findings the YAML extension reports in its own words. */
export const RULES_OF_YAML: ReadonlySet<string> = new Set(["syntax"]);
