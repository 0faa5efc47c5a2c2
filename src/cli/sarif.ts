/** What a run of a tool found, in our words; `sarifText` says it in those of the standard. */
export interface SarifRun {
  readonly tool: { readonly name: string; readonly version: string };
  /** Every rule that a result may name, each once. */
  readonly rules: readonly SarifRule[];
  readonly results: readonly SarifResult[];
}

export interface SarifRule {
  readonly id: string;
  /** A few words. */
  readonly title: string;
  /** Why it matters and what would make it fine. */
  readonly help: string;
  readonly url: string;
}

export interface SarifResult {
  readonly ruleId: string;
  readonly level: "note" | "warning" | "error";
  readonly message: string;
  /** Path in the repository, with slashes. */
  readonly path: string;
  /** 1-based; null for the file as a whole. */
  readonly line: number | null;
  readonly endLine: number | null;
}

/** What a severity of ours is there; code scanning shows errors first. */
export const SARIF_LEVELS = { critical: "error", high: "error", medium: "warning", low: "note" } as const;

/**
 * A run as SARIF 2.1.0, which code scanning takes: docs.oasis-open.org/sarif/sarif/v2.1.0. Paths become relative
 * references, so a name with a colon or a blank in it leads nowhere else. Deterministic.
 */
export function sarifText({ tool, rules, results }: SarifRun): string {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const driver = { name: tool.name, version: tool.version, rules: rules.map(ofRule) };
  return `${JSON.stringify(
    {
      $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver },
          columnKind: "utf16CodeUnits",
          results: results.map((result) => ofResult(result, indexes.get(result.ruleId))),
        },
      ],
    },
    null,
    2,
  )}\n`;
}

const ofRule = ({ id, title, help, url }: SarifRule): object => ({
  ...{ id, name: id, shortDescription: { text: title } },
  ...{ fullDescription: { text: help }, help: { text: help }, helpUri: url },
});

function ofResult({ ruleId, level, message, path, line, endLine }: SarifResult, ruleIndex: number | undefined): object {
  const region = line === null ? {} : { region: { startLine: line, endLine: Math.max(line, endLine ?? line) } };
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    ...{ level, message: { text: message } },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) }, ...region } }],
  };
}

/** A relative reference (RFC 3986): a first segment with a colon would be a scheme. */
function uriOf(path: string): string {
  const escaped = path.toWellFormed().split("/").map(encodeURIComponent).join("/");
  return escaped.startsWith("/") ? `.${escaped}` : escaped;
}
