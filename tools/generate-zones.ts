// Writes src/history/zone-offsets.json: the offsets that clocks of the IANA time zones showed from 2005 to 2038, each
// different sequence once and without a name, so that offsets can be compared by date and no place can be read back.
// node tools/generate-zones.ts          writes the file from the zones of this Node
// node tools/generate-zones.ts --check  exits 1 when it is no longer what this Node would write
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

// Git is from 2005: offsets of earlier dates come from conversions.
const FROM = "2005-01-01T00:00:00Z";
const UNTIL = "2038-01-01T00:00:00Z";
const file = resolve(import.meta.dirname, "../src/history/zone-offsets.json");

/** `[offset, moment, offset, moment, offset ...]`: minutes east of UTC, and the seconds since 1970 when it changed. */
function sequence(zone: string): readonly number[] {
  const end = Temporal.Instant.from(UNTIL).epochMilliseconds;
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.from(FROM).toZonedDateTimeISO(zone);
  const found: number[] = [minutes(at)];
  for (
    at = at.getTimeZoneTransition("next");
    at !== null && at.epochMilliseconds < end;
    at = at.getTimeZoneTransition("next")
  )
    if (minutes(at) !== found.at(-1)) found.push(Math.trunc(at.epochMilliseconds / 1_000), minutes(at));
  return found;
}

const minutes = (at: Temporal.ZonedDateTime): number => Math.round(at.offsetNanoseconds / 60e9);

function text(): string {
  const sequences = new Set(Intl.supportedValuesOf("timeZone").map((zone) => JSON.stringify(sequence(zone))));
  return `[\n${[...sequences].sort((a, b) => (a < b ? -1 : 1)).join(",\n")}\n]\n`;
}

if (!process.argv.includes("--check")) writeFileSync(file, text());
else if (readFileSync(file, "utf8") !== text()) {
  process.stderr.write(`${file}: out of date; run node tools/generate-zones.ts\n`);
  process.exitCode = 1;
}
