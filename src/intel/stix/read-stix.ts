import { z } from "zod";
import type { ListedEntry, Named, ReadList } from "../entry.ts";
import {
  addressIn,
  confidenceIn,
  idIn,
  loginIn,
  MOST_ORIGIN,
  MOST_REASON,
  momentIn,
  referenceIn,
  textIn,
} from "../fields.ts";
import { type Gathering, gathering, type Reading } from "../gathering.ts";
import { tlpOf } from "./markings.ts";
import { ACCUSING, OTHER_TYPES, type StixObject, stixObjectSchema } from "./object.ts";
import { type Asked, readPattern } from "./pattern.ts";

const bundleSchema = z.looseObject({ type: z.literal("bundle"), objects: z.array(z.unknown()).default([]) });

/** An object with its place in the bundle. */
interface Placed {
  readonly object: StixObject;
  readonly where: string;
}

interface Bundle {
  readonly reading: Reading;
  readonly byId: ReadonlyMap<string, StixObject>;
  readonly to: Gathering;
  readonly steps: { taken: number; isSaid: boolean };
}

/**
 * A STIX 2.1 bundle, as parsed. What counts: indicators whose pattern asks for accounts of GitHub or for addresses, and
 * `user-account` and `email-addr` objects that a relationship ties to what accuses, at most over one `observed-data`. No
 * reference is followed further, so that circles are no matter.
 */
export function readStix(value: unknown, reading: Reading): ReadList {
  const to = gathering(reading.place, false);
  const bundle = bundleSchema.safeParse(value);
  if (!bundle.success) {
    to.problem(reading.place, "no STIX bundle", 'give an object with "type": "bundle" and a list of "objects"');
    return to.result("stix");
  }
  const placed = bundle.data.objects.flatMap((each, index) => placedIn(each, `${reading.place} objects[${index}]`, to));
  const byId = new Map(placed.flatMap(({ object }) => (object.id === undefined ? [] : [[object.id, object] as const])));
  const around: Bundle = { reading, byId, to, steps: { taken: 0, isSaid: false } };
  for (const each of placed)
    if (to.isOver()) break;
    else if (each.object.type === "indicator") indicatorOf(each, around);
    else if (each.object.type === "relationship") relationOf(each, around);
    else to.leaveOut(`objects of type ${each.object.type}`);
  return to.result("stix");
}

function placedIn(value: unknown, where: string, to: Gathering): readonly Placed[] {
  if (to.isOver()) return [];
  const read = stixObjectSchema.safeParse(value);
  if (!read.success) {
    const { path = [], message = "" } = read.error.issues[0] ?? {};
    to.problem(
      path.length === 0 ? where : `${where}.${path.join(".")}`,
      message.toLowerCase(),
      "see the STIX 2.1 specification",
    );
    return [];
  }
  const { type } = read.data;
  if (type === "indicator" || OTHER_TYPES.has(type)) return [{ object: read.data, where }];
  if (/^x-[a-z0-9-]+$/.test(type) || read.data.extensions !== undefined)
    to.leaveOut("objects of types of somebody's own");
  else
    to.problem(
      `${where}.type`,
      `no type of STIX 2.1: ${JSON.stringify(type)}`,
      "take the object out, or begin its type with x-",
    );
  return [];
}

function indicatorOf({ object, where }: Placed, around: Bundle): void {
  const { to } = around;
  const { pattern, pattern_type: kind = "stix", revoked } = object;
  if (revoked || kind !== "stix") {
    to.leaveOut(revoked ? "revoked indicators" : `patterns of type ${kind.slice(0, 40)}`);
    return;
  }
  const read = pattern === undefined || pattern.length > 10_000 ? "broken" : readPattern(pattern);
  if (read === "broken") {
    to.problem(`${where}.pattern`, "no pattern of STIX", "write it as [user-account:user_id = '7']");
    return;
  }
  if (read === "other") {
    to.leaveOut(MORE);
    return;
  }
  for (const asked of read.alternatives) {
    const named = namedBy(asked, `${where}.pattern`, around);
    if (named !== null) to.add({ ...statedBy({ object, where }, around), named });
  }
}

const MORE = "patterns that ask for more than accounts and addresses";

/** GitHub as `account_type` has it; the vocabulary is open. */
const isGitHub = (type: string | undefined): boolean => /^github(?:\.com)?$/i.test(type ?? "");

const KNOWN_PATHS = [
  "user-account:account_type",
  "user-account:user_id",
  "user-account:account_login",
  "email-addr:value",
];

function namedBy(asked: readonly Asked[], where: string, { to }: Bundle): Named | null {
  const value = (path: string): string | undefined => asked.find((each) => each.path === path)?.value;
  const leaveOut = (what: string): null => {
    to.leaveOut(what);
    return null;
  };
  if (asked.some(({ path }) => !KNOWN_PATHS.includes(path))) return leaveOut(MORE);
  const address = value("email-addr:value");
  if (address !== undefined) return asked.length > 1 ? leaveOut(MORE) : emailOf(address, where, to);
  return accountOf(
    {
      type: value("user-account:account_type"),
      id: value("user-account:user_id"),
      login: value("user-account:account_login"),
    },
    where,
    to,
  );
}

function accountOf(
  {
    type,
    id,
    login,
  }: { readonly type: string | undefined; readonly id: string | undefined; readonly login: string | undefined },
  where: string,
  to: Gathering,
): Named | null {
  if (!isGitHub(type)) {
    to.leaveOut("accounts of other places than GitHub");
    return null;
  }
  if (id !== undefined) {
    const number = idIn(id, where, to);
    return number === null ? null : { by: "id", id: number };
  }
  if (login === undefined)
    return to.problem(where, "an account without user_id and account_login", "name it by one of the two");
  const name = loginIn(login, where, to);
  return name === null ? null : { by: "login", login: name };
}

function emailOf(text: string, where: string, to: Gathering): Named | null {
  const address = addressIn(text, where, to);
  return address === null ? null : { by: "email", address };
}

/** Whom a relationship ties to what accuses: by itself, or as one of what was observed. */
function relationOf({ object, where }: Placed, around: Bundle): void {
  const { byId, to, steps } = around;
  const [source, target] = [object.source_ref, object.target_ref].map((ref) => byId.get(ref ?? ""));
  const accuses = !object.revoked && source && target && !source.revoked && ACCUSING.has(source.type);
  const observed = target?.type === "observed-data" ? (target.object_refs ?? []) : [object.target_ref ?? ""];
  const refs = accuses ? observed : [];
  steps.taken += refs.length;
  if (steps.taken > MAX_STEPS) {
    if (!steps.isSaid) to.problem(where, "relationships that lead to too many objects", "split the file");
    steps.isSaid = true;
    return;
  }
  let found = 0;
  for (const ref of refs) {
    const named = whoIs(byId.get(ref), where, to);
    if (named === null || !source) continue;
    found++;
    to.add({ ...statedBy({ object: source, where }, around), named });
  }
  if (found === 0) to.leaveOut("objects of type relationship");
}

/** Objects that relationships lead to, all together: a hundred thousand relationships may lead to one long list. */
const MAX_STEPS = 100_000;

function whoIs(object: StixObject | undefined, where: string, to: Gathering): Named | null {
  if (object?.type === "email-addr") return emailOf(String(object.value ?? ""), where, to);
  if (object?.type !== "user-account") return null;
  return accountOf({ type: object.account_type, id: object.user_id, login: object.account_login }, where, to);
}

/** What an accusing object says about whomever it names. */
function statedBy({ object, where }: Placed, { reading: { now }, byId, to }: Bundle): Omit<ListedEntry, "named"> {
  const {
    valid_from,
    valid_until,
    created,
    confidence,
    created_by_ref: by,
    external_references: references = [],
  } = object;
  const begun = valid_from ?? created;
  const url = references.find((reference) => reference.url !== undefined)?.url;
  const author = by === undefined ? undefined : (byId.get(by)?.name ?? by);
  const at = begun === undefined ? null : momentIn(begun, { where: `${where}.valid_from`, now, mayComeYet: false }, to);
  const until =
    valid_until === undefined
      ? null
      : momentIn(valid_until, { where: `${where}.valid_until`, now, mayComeYet: true }, to);
  if (at !== null && until !== null && until <= at)
    to.problem(`${where}.valid_until`, "ends before it begins", "give a later moment");
  return {
    ...{ at, until, tlp: tlpOf(object, byId) },
    confidence: confidence === undefined ? null : confidenceIn(confidence, `${where}.confidence`, to),
    origin: author === undefined ? null : textIn(author, { where: `${where}.created_by_ref`, most: MOST_ORIGIN }, to),
    reference: url === undefined ? null : referenceIn(url, `${where}.external_references`, to),
    reason: textIn(object.description ?? object.name ?? "", { where: `${where}.description`, most: MOST_REASON }, to),
    where,
  };
}
