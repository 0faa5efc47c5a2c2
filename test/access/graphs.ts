import fc from "fast-check";
import type { AccessSnapshot, Grant, Role } from "../../src/access/grant.ts";
import { type AccountKey, keyOf, type RepositoryKey } from "../../src/access/keys.ts";
import { ROLES, VIAS, type Via } from "../../src/dossier/role.ts";
import { accountId, repositoryId } from "../../src/ids.ts";

/** What people write: ids as plain text. */
export type Plain<T> = T extends AccountKey | RepositoryKey
  ? string
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
export const keyed = <T>(plain: Plain<T>): T => plain as T;
export const accountKey = keyed<AccountKey>;
export const repositoryKey = keyed<RepositoryKey>;

/** A small organisation to change: one owner, two members, one outside account, one archived repository. */
export function octoOrg(change: Plain<Partial<AccessSnapshot>> = {}): AccessSnapshot {
  return keyed<AccessSnapshot>({
    schema: "sallyport.access/1",
    takenAt: "2026-11-20T06:00:00.000Z",
    organization: { login: "octo-org", basePermission: "none" },
    accounts: [
      { id: "1", login: "olive-owner", kind: "user" },
      { id: "2", login: "mika-member", kind: "user" },
      { id: "3", login: "noor-member", kind: "user" },
      { id: "4", login: "otis-outside", kind: "user" },
    ],
    owners: ["1"],
    members: ["1", "2", "3"],
    repositories: [
      { id: "10", name: "wallet", visibility: "public", archived: false },
      { id: "11", name: "relayer", visibility: "private", archived: false },
      { id: "12", name: "attic", visibility: "public", archived: true },
    ],
    grants: [
      grant("2", "10", "write", "team:core"),
      grant("2", "10", "triage", "direct"),
      grant("3", "12", "admin", "direct"),
      grant("4", "11", "maintain", "outside"),
    ],
    invitations: [],
    notChecked: [],
    ...change,
  });
}

/** One grant; `via` is a kind, or `team:NAME`. */
export function grant(account: string, repository: string, role: Role, via: Via | `team:${string}`): Grant {
  const [kind, team] = via.split(":");
  const source = team === undefined ? { kind: kind as Via } : ({ kind: "team", team } as const);
  return keyed<Grant>({ account, repository, role, via: source });
}

const ids = (first: number, count: number): readonly number[] => Array.from({ length: count }, (_, at) => first + at);
const ACCOUNTS = ids(1, 6).map((id) => keyOf(accountId(id)));
const REPOSITORIES = ids(11, 5).map((id) => keyOf(repositoryId(id)));

const repository = fc.record({
  id: fc.constantFrom(...REPOSITORIES),
  name: fc.constant("some-name"),
  visibility: fc.constantFrom("public" as const, "private" as const, "internal" as const),
  archived: fc.boolean(),
});

/** Any small graph; ids overlap between two of them, so that comparing them means something. */
export const anySnapshot: fc.Arbitrary<AccessSnapshot> = fc
  .record({
    base: fc.constantFrom("none" as const, "read" as const, "write" as const, "admin" as const),
    accounts: fc.uniqueArray(fc.constantFrom(...ACCOUNTS), { minLength: 1 }),
    repositories: fc.uniqueArray(repository, { selector: ({ id }) => id, minLength: 1 }),
  })
  .chain(({ base, accounts, repositories }) =>
    fc.record({
      schema: fc.constant("sallyport.access/1" as const),
      takenAt: fc.constant("2026-11-20T06:00:00.000Z"),
      organization: fc.constant({ login: "octo-org", basePermission: base }),
      accounts: fc.constant(accounts.map((id) => ({ id, login: `login-${id}`, kind: "user" as const }))),
      owners: fc.subarray(accounts),
      members: fc.subarray(accounts),
      repositories: fc.constant(repositories),
      grants: fc.array(
        fc.record({
          account: fc.constantFrom(...accounts),
          repository: fc.constantFrom(...repositories.map(({ id }) => id)),
          role: fc.constantFrom(...ROLES),
          via: fc.oneof(
            fc.record({ kind: fc.constantFrom(...VIAS) }),
            fc.record({ kind: fc.constant("team" as const), team: fc.constantFrom("core", "docs") }),
          ),
        }),
        { maxLength: 20 },
      ),
    }),
  );
