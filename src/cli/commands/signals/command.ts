import { InvalidInput } from "../../../errors.ts";
import { nearest } from "../../../policy/nearest.ts";
import { CATALOG } from "../../../signals/catalog.ts";
import type { Signal } from "../../../signals/signal.ts";
import { defineCommand } from "../../command.ts";
import { show } from "../../show.ts";
import { showPrecision } from "./precision.ts";
import { catalogText, signalText } from "./text.ts";

export const signals = defineCommand({
  name: "signals",
  usage: `  sallyport signals [ID] [--json]
  sallyport signals [ID] --precision --organization ORG [--json]

Lists what Sallyport looks for, or prints one signal in full: what it says, how
it weighs, its innocent explanations, what clears it, how somebody could be
framed with it, and its sources.

  --precision          how often it fired in an organisation and was right, as
                       people said when they marked reports reviewed, with 95 %
                       intervals (Wilson); * is on trial and weighs nothing
  --organization ORG   login of the organisation
  --json               sallyport.signals/1; with --precision
                       sallyport.signals-precision/1

Example
  sallyport signals chg-editor-autorun`,
  options: { precision: { type: "boolean" }, organization: { type: "string" }, json: { type: "boolean" } },
  async run({ values, positionals }, io) {
    const [id, ...more] = positionals;
    if (more.length > 0)
      throw new InvalidInput([{ where: "sallyport signals", what: "more than one id", mend: "name one" }]);
    const chosen = id === undefined ? CATALOG : [find(id)];
    const { precision, organization, json = false } = values;
    if (!precision && organization !== undefined)
      throw new InvalidInput([{ where: "--organization", what: "asks for nothing", mend: "add --precision" }]);
    if (precision) await showPrecision(chosen, { organization, json }, io);
    else if (json) io.stdout.write(`${JSON.stringify(listing(chosen), null, 2)}\n`);
    else if (id === undefined) show(io.stdout, catalogText(chosen, io.stdout.strong));
    else for (const signal of chosen) show(io.stdout, signalText(signal, io.stdout.strong));
    return 0;
  },
});

function find(id: string): Signal {
  const signal = CATALOG.find((known) => known.id === id);
  if (signal) return signal;
  const ids = CATALOG.map((known) => known.id);
  const begun = id === "" ? [] : ids.filter((known) => known.startsWith(id.toLowerCase()));
  const meant = begun.length > 0 ? begun : [nearest(id, ids)].filter((near) => near !== null);
  const mend = meant.length > 0 ? `did you mean ${meant.join(" or ")}?` : "`sallyport signals` lists them";
  throw new InvalidInput([{ where: "sallyport signals", what: "no such signal", mend }]);
}

/** `sallyport.signals/1`: the metadata, in the order of the catalogue. */
function listing(chosen: readonly Signal[]): object {
  return { schema: "sallyport.signals/1", signals: chosen.map(({ detect: _, ...meta }) => meta) };
}
