import { z } from "zod";
import { InvalidInput, type Problem } from "../errors.ts";
import { laneOfDestination } from "../job/lane.ts";
import { nearest } from "../policy/nearest.ts";
import { type Source, where } from "../policy/place.ts";
import { type Path, readYaml } from "../policy/yaml.ts";
import type { Destination } from "./destination.ts";

/** The destinations of a file, or everything that is wrong with it. Problems never quote a value: it may be a secret. */
export type ParsedDestinations =
  | { readonly ok: true; readonly destinations: readonly Destination[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What may stand under each key, as refusals repeat it. */
const ALLOWED: Readonly<Record<string, string>> = {
  destinations: "a list with one entry for each place",
  name: "a word of at most 40 small letters, digits and hyphens",
  organization: 'a login, the numeric id of an account, or "*" in quotes',
  weekly: "changed | never",
  at_once: "critical | never",
  deadlines: "due | never",
  kind: "slack | webhook | email",
  url: "https://host/path; http:// only for this machine",
  secret: "whsec_ and base64 of 24 to 64 random bytes",
  secret_previous: "whsec_ and base64 of 24 to 64 random bytes",
  smtp: "smtps://user:password@host:465 or smtp://user:password@host:587",
  from: "one mail address",
  to: "one mail address",
};

const LOGIN = /^[A-Za-z\d](?:[\w-]{0,37}[A-Za-z\d])?$|^\*$/;
const ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63})*$/;

/** Whether what is sent to that host of a URL never leaves this machine, and so needs no TLS. */
export const isThisMachine = (hostname: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);

const checked = (fault: (text: string) => string | null) =>
  z.string().refine((text) => fault(text) === null, { error: ({ input }) => fault(String(input)) ?? "not allowed" });
const like = (pattern: RegExp, what: string) => checked((text) => (pattern.test(text) ? null : what));

const common = {
  name: like(/^[a-z\d][a-z\d-]{0,39}$/, "not such a word"),
  organization: z.union([z.int().positive(), like(LOGIN, "not a login")]),
  weekly: z.enum(["changed", "never"]).default("changed"),
  at_once: z.enum(["critical", "never"]).default("critical"),
  deadlines: z.enum(["due", "never"]).default("due"),
};
const url = checked(urlFault);
const secret = checked(secretFault);
const address = like(ADDRESS, "not one mail address");

const schema = z.strictObject({
  destinations: z
    .array(
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("slack"), ...common, url }),
        z.strictObject({ kind: z.literal("webhook"), ...common, url, secret, secret_previous: secret.optional() }),
        z.strictObject({ kind: z.literal("email"), ...common, smtp: checked(smtpFault), from: address, to: address }),
      ]),
    )
    .max(100),
});

/** The destinations of the operator's file, none without one. Throws InvalidInput with all that is wrong with it. */
export function readDestinations(
  file: { readonly path: string; readonly text: string } | null,
): readonly Destination[] {
  if (file === null) return [];
  const parsed = parseDestinations(file.text, file.path);
  if (!parsed.ok) throw new InvalidInput(parsed.problems);
  return parsed.destinations;
}

/** Parses the file that NOTIFY_FILE names; `place` is how people find it. Never throws. */
export function parseDestinations(text: string, place: string): ParsedDestinations {
  const yaml = readYaml(text);
  if (!yaml.ok) {
    const problems = yaml.faults.map(({ line, column, what, mend }) => ({
      ...{ where: `${place}:${line}:${column}`, what, mend },
    }));
    return { ok: false, problems };
  }
  const source = { place, positions: yaml.positions };
  const parsed = schema.safeParse(yaml.value);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.flatMap((issue) => describe(issue, source)) };
  const { destinations } = parsed.data;
  const problems = destinations.flatMap(({ name }, index) => nameProblem(name, { index, source, destinations }));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, destinations };
}

function describe(issue: z.core.$ZodIssue, source: Source): readonly Problem[] {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => {
      const near = nearest(key, Object.keys(ALLOWED));
      const mend =
        near && near !== key ? `did you mean ${near}?` : "take it out; docs/operations.md has what each kind takes";
      return { where: where([...path, key], source), what: "no such key for this kind", mend };
    });
  const name = path.filter((part) => typeof part === "string").at(-1) ?? "destinations";
  const what = issue.code === "custom" ? issue.message : "missing, or not allowed here";
  return [{ where: where(path, source), what, mend: `allowed: ${ALLOWED[name]}` }];
}

interface Named {
  readonly index: number;
  readonly source: Source;
  readonly destinations: readonly Destination[];
}

/** Messages that wait are found by the name, and what waits for one place may not wait for another. */
function nameProblem(name: string, { index, source, destinations }: Named): readonly Problem[] {
  const path: Path = ["destinations", index, "name"];
  const before = destinations.slice(0, index);
  if (before.some((other) => other.name === name))
    return [{ where: where(path, source), what: "another destination has this name", mend: "choose another one" }];
  if (before.some((other) => laneOfDestination(other.name) === laneOfDestination(name)))
    return [
      { where: where(path, source), what: "shares its queue with another name, by chance", mend: "choose another one" },
    ];
  return [];
}

function urlFault(text: string): string | null {
  if (!URL.canParse(text)) return "not a URL";
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return "user and password in a URL";
  if (protocol === "https:" || (protocol === "http:" && isThisMachine(hostname))) return null;
  return "not https";
}

function smtpFault(text: string): string | null {
  if (!URL.canParse(text)) return "not a URL";
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  if (protocol !== "smtp:" && protocol !== "smtps:") return "neither smtp nor smtps";
  if (hostname === "") return "without a host";
  if (!/^\/?$/.test(pathname) || search || hash) return "more than user, password, host and port";
  return isEncoded(username) && isEncoded(password) ? null : "a % that is not percent-encoding";
}

const isEncoded = (text: string): boolean => /^(?:[^%]|%[\da-fA-F]{2})*$/.test(text);

/** The limits of the Standard Webhooks specification. */
function secretFault(text: string): string | null {
  const [, key] = /^whsec_([A-Za-z\d+/]+={0,2})$/.exec(text) ?? [];
  if (key === undefined) return "not such a secret";
  const { length } = Buffer.from(key, "base64");
  return length >= 24 && length <= 64 ? null : "not 24 to 64 bytes";
}
