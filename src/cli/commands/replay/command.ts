import { createHmac } from "node:crypto";
import { type DeclineReason, receive } from "../../../delivery/receive.ts";
import { InvalidInput } from "../../../errors.ts";
import type { Job } from "../../../job/job.ts";
import { plan } from "../../../job/plan.ts";
import { defineCommand, type Io } from "../../command.ts";
import { printable } from "../../printable.ts";
import { show } from "../../show.ts";
import { type Recorded, recordedDeliveries } from "./recorded.ts";

export const replay = defineCommand({
  name: "replay",
  usage: `  sallyport replay FILE... [--json]
  sallyport replay --event NAME FILE... [--json]

Feeds recorded webhook deliveries through the same checks and the same planning
as live ones, and prints the jobs they lead to. Nothing is run, stored or sent.
A file holds {"event": NAME, "payload": {...}}, a list of these, or one payload
by itself when --event names its event. - reads standard input.

  --event NAME   the event of files that hold a payload by itself
  --json         sallyport.replay/1`,
  options: { event: { type: "string" }, json: { type: "boolean" } },
  async run({ values, positionals }, io) {
    if (positionals.length === 0)
      throw new InvalidInput([{ where: "sallyport replay", what: "no file", mend: "name one or more files" }]);
    const deliveries: Replayed[] = [];
    for (const path of positionals) {
      const source = { place: path, text: await io.readFile(path) };
      const recorded = recordedDeliveries(source, values.event ?? null);
      deliveries.push(...recorded.map((delivery) => replayed(delivery, io)));
    }
    if (values.json) io.stdout.write(`${JSON.stringify({ schema: "sallyport.replay/1", deliveries }, null, 2)}\n`);
    else show(io.stdout, deliveries.map(line).join(""));
    return 0;
  },
});

interface Replayed {
  readonly file: string;
  readonly event: string;
  readonly action: string | null;
  /** What the webhook route would answer. */
  readonly status: number;
  readonly reason: DeclineReason | null;
  readonly jobs: readonly Job[];
}

/** Only this process signs and checks with it. */
const SECRET = "the delivery is signed here to pass the same door as a live one";

function replayed({ file, event, payload }: Recorded, io: Io): Replayed {
  const body = Buffer.from(JSON.stringify(payload));
  const headers = {
    "content-type": "application/json",
    "x-github-event": event,
    "x-github-delivery": "00000000-0000-4000-8000-000000000000",
    "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
  };
  const received = receive({ headers, body }, [SECRET], io.now());
  const action = stringAt(payload, "action");
  if (!received.ok) return { file, event, action, status: received.status, reason: received.reason, jobs: [] };
  const jobs = plan(received.delivery, { appId: appOf(payload) });
  return { file, event, action, status: 202, reason: null, jobs };
}

/** Whoever made the check run in a recording is taken for us: there are no credentials to compare with. */
function appOf(payload: unknown): number {
  const check = at(payload, "check_run") ?? at(payload, "check_suite");
  const id = at(at(check, "app"), "id");
  return typeof id === "number" ? id : 0;
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}

function stringAt(value: unknown, key: string): string | null {
  const found = at(value, key);
  return typeof found === "string" ? found : null;
}

function line({ file, event, action, status, reason, jobs }: Replayed): string {
  const name = printable(action === null ? event : `${event}.${action}`);
  const result = reason === null ? jobs.map(({ kind }) => kind).join(", ") || "nothing to do" : WORDS[reason];
  return `${printable(file)}: ${name}: ${status} ${result}\n`;
}

const WORDS: Readonly<Record<DeclineReason, string>> = {
  event_ignored: "not an event that leads to work",
  action_ignored: "not an action that leads to work",
  delivery_id: "no delivery id",
  event_name: "no event name",
  json: "not JSON",
  signature_missing: "not signed",
  signature_wrong: "wrongly signed",
  too_large: "larger than 2 MiB",
  content_type: "not application/json",
  content_encoding: "compressed",
  event_mismatch: "not a payload of this event",
};
