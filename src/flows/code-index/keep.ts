import type { CodeIndexContent } from "../../change/code-index/index-file.ts";
import type { CodeKey } from "../../change/code-index/key.ts";
import type { Instant } from "../../clock.ts";
import { InvalidInput } from "../../errors.ts";
import type { Random } from "../../random.ts";
import type { Installation, KeptCodeIndex, TenantStore } from "../../store/store.ts";
import { sealKey } from "./sealed-key.ts";

/** What an operator does with the indexes of an organisation's own code. */
export type CodeIndexRequest =
  | { readonly kind: "list" }
  | { readonly kind: "import"; readonly content: CodeIndexContent; readonly key: CodeKey }
  /** By the fingerprint of its key. */
  | { readonly kind: "remove"; readonly key: string };

export interface CodeIndexContext {
  readonly installation: Pick<Installation, "id">;
  readonly tenant: Pick<TenantStore, "codeIndexes" | "saveCodeIndex" | "removeCodeIndex" | "addToTrail">;
  /** Null without an App: then nothing can be sealed. */
  readonly hashKey: string | null;
  readonly random: Random;
  readonly now: Instant;
}

/** Indexes of one organisation: one for each of those who build them by themselves. */
const MOST_INDEXES = 8;

/** Imports an index in place of the one with its key, takes one away, or neither; resolves to those that are kept then. */
export async function keepCodeIndex(
  context: CodeIndexContext,
  request: CodeIndexRequest,
): Promise<readonly Omit<KeptCodeIndex, "sealedKey">[]> {
  const { tenant } = context;
  if (request.kind === "import") {
    await importIndex(context, request);
    await told(context, { act: "code_index.imported", key: request.key.fingerprint });
  }
  if (request.kind === "remove") {
    if (!(await tenant.removeCodeIndex(request.key)))
      throw new InvalidInput([
        { where: request.key, what: "no index of that key is kept", mend: "see which are: list" },
      ]);
    await told(context, { act: "code_index.removed", key: request.key });
  }
  return (await tenant.codeIndexes()).map(({ sealedKey: _, ...shown }) => shown);
}

async function importIndex(
  { tenant, installation, hashKey, random, now }: CodeIndexContext,
  { content, key }: Extract<CodeIndexRequest, { kind: "import" }>,
): Promise<void> {
  if (hashKey === null)
    throw new InvalidInput([
      {
        where: "GITHUB_APP_ID",
        what: "no App is set up, and its key seals this one",
        mend: "run it where the App runs",
      },
    ]);
  const others = (await tenant.codeIndexes()).filter((index) => index.key !== key.fingerprint);
  if (others.length >= MOST_INDEXES)
    throw new InvalidInput([
      { where: "code index", what: `${MOST_INDEXES} are kept already`, mend: "remove one, or build with the same key" },
    ]);
  const { count, digest, madeAt, pieces } = content;
  const sealedKey = sealKey(key, { hashKey, installationId: installation.id, random });
  await tenant.saveCodeIndex({ key: key.fingerprint, sealedKey, count, digest, madeAt, importedAt: now }, pieces);
}

const told = (
  { tenant, now: at }: CodeIndexContext,
  { act, key }: { readonly act: "code_index.imported" | "code_index.removed"; readonly key: string },
): Promise<void> => tenant.addToTrail({ at, actorId: null, act, target: `key:${key}`, reason: null });
