import { effectiveAccess } from "../../../src/access/effective.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { readDeclaration } from "../../../src/access/lines/declaration.ts";
import { declaredGaps, declaredMismatch } from "../../../src/access/lines/declared-mismatch.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";
import { grant, octoOrg, type Plain, repositoryKey } from "../graphs.ts";

const declared = (path: string, text: string) => {
  const { logins, teams, unread } = atOnce(readDeclaration(path, text));
  return [[...logins].sort(), [...teams].sort(), unread];
};

test.each<[string, string, string, readonly unknown[]]>([
  [
    "CODEOWNERS",
    ".github/CODEOWNERS",
    "# @nobody\n* @Mika-Member @octo-org/core\n/x ada@example.org\n",
    [["mika-member"], ["core"], 1],
  ],
  ["a line of CODEOWNERS that GitHub skips", "CODEOWNERS", "* @mika-member\n[bad @x\n", [["mika-member"], [], 1]],
  [
    "OWNERS with lists",
    "OWNERS",
    "approvers:\n  - mika-member # lead\n- noor-member\nreviewers:\n  - otis-outside\noptions:\n",
    [["mika-member", "noor-member", "otis-outside"], [], 0],
  ],
  [
    "OWNERS with labels and filters",
    "OWNERS",
    "reviewers:\n- mika-member\nlabels:\n- bug\nfilters:\n- other\napprovers:\n- 'noor-member'\n",
    [["mika-member", "noor-member"], [], 0],
  ],
  [
    "text with a word and a colon",
    "MAINTAINERS",
    "Contact: @mika-member\n- @noor-member\n",
    [["mika-member", "noor-member"], [], 0],
  ],
  [
    "OWNERS with former ones",
    "OWNERS",
    "approvers:\n- mika-member\nemeritus_approvers:\n- noor-member\n",
    [["mika-member"], [], 0],
  ],
  [
    "MAINTAINERS as Markdown",
    "MAINTAINERS.md",
    "# Maintainers\n| Mika | [@mika-member](https://github.com/mika-member) |\n- https://github.com/noor-member/\n- Otis <otis@example.org> (@otis-outside)\n## Emeritus\n- @olive-owner\n",
    [["mika-member", "noor-member", "otis-outside"], [], 0],
  ],
  [
    "MAINTAINERS with addresses alone",
    "MAINTAINERS",
    "M: Ada Example <ada@example.org>\nL: list@example.org\n",
    [[], [], 2],
  ],
  [
    "links that lead elsewhere",
    "MAINTAINERS.md",
    "See https://github.com/octo-org/wallet and @octo-org/docs.\n",
    [[], ["docs"], 0],
  ],
  ["text that names nobody", "OWNERS", "Ask in the channel.\n", [[], [], 0]],
])("declarations: %s", (_, path, text, expected) => {
  expect(declared(path, text)).toEqual(expected);
});

const found = (change: Plain<Partial<AccessSnapshot>>, path: string, text: string, repository: string | null) => {
  const access = effectiveAccess(octoOrg(change));
  const place = repository === null ? null : repositoryKey(repository);
  const declarations = [{ ...atOnce(readDeclaration(path, text)), repository: place }];
  return {
    lines: declaredMismatch(access, declarations).map((line) => [line.account, line.repository, line.role, line.level]),
    gaps: declaredGaps(access, declarations).map(({ what }) => what),
  };
};
const CORE = {
  teams: [
    { slug: "core", parent: "eng", members: ["2"] },
    { slug: "eng", parent: null, members: [] },
  ],
};
const ADMINS = [grant("2", "10", "maintain", "team:core"), grant("3", "10", "write", "direct")];

test("declared: an owner of paths who cannot write there is a hint, and who can is none", () => {
  const grants = [grant("2", "10", "write", "team:core"), grant("3", "10", "triage", "direct")];
  expect(found({ grants }, "CODEOWNERS", "* @olive-owner @mika-member @noor-member\n", "10").lines).toEqual([
    ["3", "10", "triage", "low"],
  ]);
  expect(found({ grants }, "MAINTAINERS", "@mika-member @otis-outside @olive-owner\n", null).lines).toEqual([
    ["4", null, "read", "low"],
  ]);
});

test("declared: whoever may do most on the repository and stands nowhere is a hint, bots and who only writes are none", () => {
  const text = "* @olive-owner\n";
  expect(found({ grants: ADMINS }, "CODEOWNERS", text, "10").lines).toEqual([["2", "10", "maintain", "low"]]);
  const accounts = octoOrg().accounts.map((each) => ({ ...each, kind: each.id === "2" ? "bot" : "user" }) as const);
  expect(found({ grants: ADMINS, accounts }, "CODEOWNERS", text, "10").lines).toEqual([]);
});

test("declared: a team's members are declared by the team and by those above it", () => {
  for (const slug of ["core", "ENG"])
    expect(found({ grants: ADMINS, ...CORE }, "CODEOWNERS", `* @olive-owner @octo-org/${slug}\n`, "10").lines).toEqual(
      [],
    );
});

test("declared: in a file of the organisation it is write everywhere", () => {
  const grants = [
    grant("2", "10", "write", "direct"),
    grant("2", "11", "admin", "direct"),
    grant("3", "10", "admin", "direct"),
  ];
  expect(found({ grants }, "MAINTAINERS", "@olive-owner\n", null).lines).toEqual([["2", null, "write", "low"]]);
  const wide = { grants, organization: { login: "octo-org", basePermission: "write" } } as const;
  expect(found(wide, "MAINTAINERS", "@olive-owner @mika-member\n", null).lines).toEqual([["3", null, "write", "low"]]);
});

test("declared: who is named by an address or by a team that nobody read may be anybody, so nobody is undeclared", () => {
  const byAddress = found({ grants: ADMINS }, "CODEOWNERS", "* @olive-owner ada@example.org\n", "10");
  expect(byAddress).toEqual({ lines: [], gaps: ["who is declared nowhere"] });
  const byTeam = found({ grants: ADMINS }, "CODEOWNERS", "* @olive-owner @octo-org/core\n", "10");
  expect(byTeam).toEqual({ lines: [], gaps: ["who is declared nowhere"] });
});

test("declared: a login that the graph does not know is said, and is no line", () => {
  expect(found({ grants: [] }, "CODEOWNERS", "* @olive-owner @ida-example\n", "10")).toEqual({
    ...{ lines: [], gaps: ["declared accounts without a grant"] },
  });
});

test("declared: whoever is declared for the organisation is declared for each repository, and not the other way round", () => {
  const access = effectiveAccess(octoOrg({ grants: [...ADMINS, grant("2", "11", "write", "direct")] }));
  const read = (text: string, repository: string | null) => ({
    ...atOnce(readDeclaration("MAINTAINERS", text)),
    repository: repository === null ? null : repositoryKey(repository),
  });
  const lines = declaredMismatch(access, [read("@olive-owner @mika-member", null), read("@olive-owner", "10")]);
  expect(lines).toEqual([]);
  const other = declaredMismatch(access, [read("@olive-owner", null), read("@olive-owner @mika-member", "10")]);
  expect(other.map(({ account, repository, repositoryCount }) => [account, repository, repositoryCount])).toEqual([
    ["2", null, 2],
  ]);
});

test("declared: nobody writes everywhere where there is no repository", () => {
  expect(found({ repositories: [], grants: [], owners: [] }, "MAINTAINERS", "@olive-owner\n", null).lines).toEqual([
    ["1", null, "read", "low"],
  ]);
});

test("declared: nothing is said where nothing is declared", () => {
  expect(declaredMismatch(effectiveAccess(octoOrg()), [])).toEqual([]);
});

test("declared: a hostile file takes its length, not more", () => {
  const started = performance.now();
  for (const piece of ["@a-", "github.com/", "a@", "- ", "@a/"]) declared("MAINTAINERS.md", piece.repeat(300_000));
  for (const piece of ["@a-\n", "github.com/a-\n", "a@b.c\n"]) declared("OWNERS", piece.repeat(100_000));
  expect(performance.now() - started).toBeLessThan(5_000);
});
