import { precisionOf, type Share, type SignalCounts } from "../../../assessment/precision.ts";
import { InvalidInput } from "../../../errors.ts";
import type { SignalMeta } from "../../../signals/signal.ts";
import type { Io } from "../../command.ts";
import { paragraph } from "../../paragraph.ts";
import { show } from "../../show.ts";

const NONE: SignalCounts = { fired: 0, true: 0, benign: 0, false: 0 };

/** How often each signal was right in one organisation, by what people said when they reviewed. */
export async function showPrecision(
  chosen: readonly SignalMeta[],
  { organization, json }: { readonly organization: string | undefined; readonly json: boolean },
  io: Io,
): Promise<void> {
  if (!organization)
    throw new InvalidInput([
      { where: "--precision", what: "of which organisation is not said", mend: "write --organization ORG" },
    ]);
  const counts = await io.services.signalCounts(organization);
  const signals = chosen.map(({ id, version, status }) => {
    const of = counts.get(id) ?? NONE;
    return { id, version, status, ...of, precision: precisionOf(of) };
  });
  if (json)
    io.stdout.write(`${JSON.stringify({ schema: "sallyport.signals-precision/1", organization, signals }, null, 2)}\n`);
  else show(io.stdout, text(signals));
}

type Row = SignalCounts & Pick<SignalMeta, "id" | "status"> & { readonly precision: Share | null };

const COLUMNS = ["signal", "fired", "true", "benign", "false", "right (95 %)"] as const;
const WIDTHS = [32, 7, 6, 8, 7, 18] as const;

function text(rows: readonly Row[]): string {
  const shown = rows.filter(({ fired }) => fired > 0);
  const lines = [COLUMNS, ...shown.map(cells)].map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[at] ?? 0))).join(""),
  );
  const silent = rows.length - shown.length;
  return [
    ...(shown.length === 0 ? ["No signal has fired in any report that was counted."] : lines),
    "",
    ...(silent > 0 && shown.length > 0 ? paragraph(`${silent} more never fired.`, "") : []),
    ...paragraph(
      "Counted by report, as people said when they marked it reviewed. No weight follows from it by itself; an experimental signal counts once `signals.promote` of the policy names it.",
      "",
    ),
    "",
  ].join("\n");
}

function cells({ id, status, fired, true: right, benign, false: wrong, precision }: Row): readonly string[] {
  const name = status === "stable" ? id : `${id} *`;
  const percent = (share: number): string => `${Math.round(share * 100)}`;
  const said =
    precision === null
      ? "nobody said"
      : `${percent(precision.share)} (${percent(precision.low)} to ${percent(precision.high)})`;
  return [name, ...[fired, right, benign, wrong].map(String), said];
}
