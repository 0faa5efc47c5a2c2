import { z } from "zod";
import { keyOf } from "../../../access/keys.ts";
import type { AccountId } from "../../../ids.ts";
import { inSlices, type Steps } from "../../../slices.ts";
import type { AuditOfSubject } from "../../subject.ts";
import { documentOf } from "../audits/pieces.ts";
import { type AsTenant, readPieces } from "../audits/rows.ts";

/** What all audits say of an account, newest first; one report at a time, because each may be large. */
export async function auditsNaming(asTenant: AsTenant, account: AccountId): Promise<readonly AuditOfSubject[]> {
  const audits = await asTenant((db) =>
    db
      .selectFrom("audit")
      .select(["id", "taken_at"])
      .where("stage", "in", ["whole", "report"])
      .orderBy("taken_at", "desc")
      .execute(),
  );
  const named = new Set((await piecesNaming(asTenant, account)).map((piece) => piece.audit_id));
  const found: AuditOfSubject[] = [];
  for (const { id, taken_at: takenAt } of audits) {
    const access = await accessIn(asTenant, id, account);
    const report = named.has(id) ? await inSlices(documentOf(await readPieces(asTenant, id))) : null;
    const settings = await settingsNaming(asTenant, id, account);
    const entries = [...(await inSlices(entriesNaming(report, keyOf(account)))), ...settings];
    if (access !== null || entries.length > 0) found.push({ id, takenAt, access, entries });
  }
  return found;
}

/** Pieces of reports that hold the account's key, or something else that is written alike. */
const piecesNaming = (asTenant: AsTenant, account: AccountId) =>
  asTenant((db) =>
    db
      .selectFrom("audit_piece")
      .select(["audit_id", "nr"])
      .where((row) => row.fn<number>("strpos", ["piece", row.val(`"${keyOf(account)}"`)]), ">", 0)
      .execute(),
  );

const accessIn = (asTenant: AsTenant, audit: string, account: AccountId): Promise<AuditOfSubject["access"]> =>
  asTenant(async (db) => {
    const known = await db
      .selectFrom("audit_account")
      .select(["login", "owner", "member"])
      .where("audit_id", "=", audit)
      .where("id", "=", account)
      .executeTakeFirst();
    if (!known) return null;
    const grants = await db
      .selectFrom("audit_grant")
      .select(["repository as repositoryId", "role", "via", "team"])
      .where("audit_id", "=", audit)
      .where("account", "=", account)
      .orderBy("nr")
      .execute();
    return { ...known, grants };
  });

/**
 * What was read beside roles and names the account: its tokens and roles, and the rules and teams that name it. Of an
 * entry what it is, and not whom else it names.
 */
async function settingsNaming(
  asTenant: AsTenant,
  audit: string,
  account: AccountId,
): Promise<AuditOfSubject["entries"]> {
  const rows = await asTenant((db) =>
    db
      .selectFrom("audit_setting")
      .select(["list", "entry"])
      .where("audit_id", "=", audit)
      .where((row) => row.fn<number>("strpos", ["entry", row.val(`"${keyOf(account)}"`)]), ">", 0)
      .orderBy("nr")
      .execute(),
  );
  const found: AuditOfSubject["entries"][number][] = [];
  for (const { list, entry } of rows) {
    const document: unknown = JSON.parse(entry);
    const naming = await inSlices(entriesNaming([document], keyOf(account)));
    if (naming.length > 0) found.push({ list, entry: scalarsOf(document) });
  }
  return found;
}

const scalarsOf = (document: unknown): unknown =>
  Object.fromEntries(Object.entries(Object(document)).filter(([, value]) => typeof value !== "object"));

/** Items of a document's lists that are the account's key or have it as `account` or `id`. */
function* entriesNaming(document: unknown, key: string): Steps<AuditOfSubject["entries"]> {
  const found: { readonly list: string; readonly entry: unknown }[] = [];
  const open: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: document, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield;
    const { value, path } = next;
    // Numbers of repositories are others than those of accounts.
    if (typeof value !== "object" || value === null || path.at(-1) === "repositories") continue;
    if (!Array.isArray(value)) {
      for (const [name, member] of Object.entries(value)) open.push({ value: member, path: [...path, name] });
      continue;
    }
    for (const item of value) {
      if (names(item, key)) found.push({ list: path.join("."), entry: item });
      else open.push({ value: item, path });
    }
  }
  return found;
}

const names = (item: unknown, key: string): boolean =>
  item === key ||
  (typeof item === "object" && item !== null && ("account" in item ? item.account : Reflect.get(item, "id")) === key);

/** Takes out of every report which flags there were about the account: a judgement, and no access. */
export async function eraseFlagsInAudits(asTenant: AsTenant, account: AccountId): Promise<void> {
  const places = await piecesNaming(asTenant, account);
  for (const { audit_id: audit, nr } of places)
    await asTenant(async (db) => {
      const here = db.selectFrom("audit_piece").select("piece").where("audit_id", "=", audit).where("nr", "=", nr);
      const text = (await here.executeTakeFirst())?.piece ?? "null";
      const piece = withoutFlags(JSON.parse(text), keyOf(account));
      if (piece === null) return;
      await db
        .updateTable("audit_piece")
        .set({ piece: JSON.stringify(piece) })
        .where("audit_id", "=", audit)
        .where("nr", "=", nr)
        .execute();
    });
}

const flagList = z.array(z.looseObject({ account: z.string() }));
const firstPiece = z.looseObject({ flags: flagList });
const morePieces = z.object({ at: z.tuple([z.literal("flags")]), items: flagList });

/** The piece without flags about the account; null when there are none in it. See `piecesOf`. */
function withoutFlags(piece: unknown, key: string): object | null {
  const others = (flags: z.infer<typeof flagList>) => flags.filter(({ account }) => account !== key);
  const more = morePieces.safeParse(piece).data;
  if (more) return { ...more, items: others(more.items) };
  const first = firstPiece.safeParse(piece).data;
  if (!first || others(first.flags).length === first.flags.length) return null;
  return { ...first, flags: others(first.flags) };
}
