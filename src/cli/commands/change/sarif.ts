import type { JudgedChange } from "../../../assessment/judge-change.ts";
import { CATALOG } from "../../../signals/catalog.ts";
import { version } from "../../../version.ts";
import { SARIF_LEVELS, type SarifRun } from "../../sarif.ts";

const NOT_CHECKED = "not-checked";
const PAGE = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html";

/** The findings at their lines, and what was not looked at as notes, so that a reader of SARIF alone misses nothing. */
export function sarifOf({ findings, notChecked }: JudgedChange): SarifRun {
  const rules = CATALOG.filter(({ axis }) => axis === "C").map(({ id, title, why = "", clears, sources }) => ({
    ...{ id, title: `${title}.`, help: `${why} ${clears}` },
    url: sources[0]?.url ?? PAGE,
  }));
  const unread = {
    id: NOT_CHECKED,
    title: "Something was not looked at.",
    help: "What it says is not known.",
    url: PAGE,
  };
  return {
    tool: { name: "sallyport", version: version() },
    rules: [...rules, unread],
    results: [
      ...findings.map(({ signal, severity, path, line, endLine, fact, why, fine }) => ({
        ...{ ruleId: signal, level: SARIF_LEVELS[severity], path: path ?? WHOLE, line, endLine },
        message: `${fact} ${why} ${fine}`,
      })),
      ...notChecked.map(({ what, because }) => ({
        ...{ ruleId: NOT_CHECKED, level: "note" as const, path: WHOLE, line: null, endLine: null },
        message: `Not looked at: ${what}, ${because}.`,
      })),
    ],
  };
}

/** The repository's own folder, for what is about the change as a whole. */
const WHOLE = ".";
