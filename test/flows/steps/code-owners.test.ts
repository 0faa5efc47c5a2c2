import type { Fetched } from "../../../src/absence.ts";
import { codeOwnersOf } from "../../../src/flows/steps/code-owners.ts";
import { no, yes } from "../../dossier/played-gateway.ts";
import { REPOSITORY } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";

type Answer = Fetched<{ readonly text: string; readonly sha: string }>;

async function asked(answers: Readonly<Record<string, Answer>>, paths: readonly string[] = ["src/a.ts"]) {
  const places: string[] = [];
  const found = await codeOwnersOf(
    {
      fileOnDefaultBranch: async ({ path, maxBytes }) => {
        places.push(`${path} ${maxBytes}`);
        return answers[path] ?? no("not_found");
      },
    },
    REPOSITORY,
    paths,
  );
  return {
    found,
    places: places.map((place) => place.split(" ")[0]),
    limits: new Set(places.map((place) => place.split(" ")[1])),
  };
}
const text = (content: string): Answer => yes({ text: content, sha: "s" });

test("code owners: GitHub's three places in its order, and the first file counts", async () => {
  const all = { ".github/CODEOWNERS": text("* @a"), CODEOWNERS: text("* @b"), "docs/CODEOWNERS": text("* @c") };
  expect(await asked(all)).toMatchObject({ places: [".github/CODEOWNERS"], found: { place: ".github/CODEOWNERS" } });
  const { ".github/CODEOWNERS": _, ...others } = all;
  expect((await asked(others)).places).toEqual([".github/CODEOWNERS", "CODEOWNERS"]);
  const last = await asked({ "docs/CODEOWNERS": text("* @c") });
  expect(last.places).toEqual([".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]);
  expect(last.found).toMatchObject({ owned: new Map([["src/a.ts", { line: 1, owners: ["@c"] }]]) });
  expect([...last.limits]).toEqual(["2999999"]);
});

test.each<[string, Answer, object, number]>([
  ["there is none", no("not_found"), { state: "none" }, 3],
  ["it is 3 MB or more", no("too_large"), { state: "too_large" }, 1],
  ["the App may not read it", no("forbidden"), { state: "unread" }, 1],
  ["GitHub does not answer", no("rate_limited"), { state: "unread" }, 1],
])("code owners: when %s that is said, and nothing fails", async (_, answer, expected, requests) => {
  const { found, places } = await asked({ ".github/CODEOWNERS": answer });
  expect(found).toEqual(expected);
  expect(places).toHaveLength(requests);
});

test("code owners: the security contact is who is named for the policy, not who owns everything", async () => {
  const security = async (content: string) => {
    const { found } = await asked({ ".github/CODEOWNERS": text(content) });
    return found.state === "read" ? found.security : null;
  };
  expect(await security("* @all\n")).toEqual([]);
  expect(await security("* @all\nSECURITY.md @octo-org/security\n")).toEqual(["@octo-org/security"]);
  expect(await security("/.github/SECURITY.md @octo-org/security\n*.md @docs\n")).toEqual(["@octo-org/security"]);
});
