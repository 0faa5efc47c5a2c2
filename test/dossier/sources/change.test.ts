import type { ChangedFile } from "../../../src/change/change.ts";
import type { PullRequestFacts } from "../../../src/dossier/gateway.ts";
import { changeSections } from "../../../src/dossier/sources/change.ts";
import { expect, test } from "../../support/jest.ts";
import { aCommit, aPullRequest, NOTHING_BEFORE, NOW } from "../played-gateway.ts";

const AT = { asOf: NOW, before: NOTHING_BEFORE };

const commit = aCommit();
const facts = aPullRequest();
const file: ChangedFile = { path: "a.txt", previousPath: null, status: "added", additions: 2, deletions: 0, hunks: [] };
const listed = (files: readonly ChangedFile[], truncated = false) =>
  ({ ok: true, value: { files, truncated } }) as const;

test("change sections: who opened the pull request is a number and a kind, and no name", () => {
  const section = changeSections(facts, listed([file]), AT)["change.commits"];
  expect(section).toMatchObject({ value: { opener: { accountId: 12, kind: "user" } } });
  expect(JSON.stringify(section)).not.toContain("ada-example");
});

test("change sections: a list that shows every changed line is whole", () => {
  expect(changeSections(facts, listed([file]), AT)["change.files"]).toMatchObject({ value: { truncated: false } });
});

test("change sections: files listed with zero lines where the pull request counts some make the list cut", () => {
  const zeroed = { ...file, additions: 0, hunks: null };
  expect(changeSections(facts, listed([zeroed]), AT)["change.files"]).toMatchObject({ value: { truncated: true } });
});

test("change sections: a list that stops at its last page is cut only when files are missing", () => {
  const full = listed([file, { ...file, path: "b.txt" }], true);
  const files = (changedFileCount: number) => changeSections({ ...facts, changedFileCount }, full, AT)["change.files"];
  expect(files(2)).toMatchObject({ value: { truncated: false } });
  expect(files(3)).toMatchObject({ value: { truncated: true } });
  const texts = (changedFileCount: number) => changeSections({ ...facts, changedFileCount }, full, AT)["change.texts"];
  expect(texts(2)).toMatchObject({ value: { complete: true } });
  expect(texts(3)).toMatchObject({ value: { complete: false } });
});

test("change sections: a missing list costs the section, and paths come from Q1", () => {
  const limited = { ok: false, reason: "rate_limited", retryAt: NOW } as const;
  const sections = changeSections(facts, limited, AT);
  expect(sections["change.files"]).toEqual({ state: "unavailable", reason: "rate_limited", retryAt: NOW });
  expect(sections["change.texts"]).toMatchObject({
    value: {
      texts: [
        { field: "branch", text: "fix" },
        { field: "title", text: "Fix" },
        { field: "commit_subject", text: "Fix it" },
        { field: "file_name", text: "from-q1.txt" },
      ],
    },
  });
});

test("change sections: hidden commits are unknown; the last hundred of many are enough", () => {
  const none = changeSections({ ...facts, commits: [], commitCount: 0 }, listed([file]), AT);
  expect(none["change.commits"]).toMatchObject({ state: "unavailable", reason: "incomplete" });
  const some = changeSections({ ...facts, commitCount: 2 }, listed([file]), AT);
  expect(some["change.commits"]).toMatchObject({ state: "unavailable", reason: "incomplete" });
  const many = changeSections({ ...facts, commits: Array(100).fill(commit), commitCount: 240 }, listed([file]), AT);
  expect(many["change.commits"]).toMatchObject({ state: "present", value: { totalCount: 240 } });
});

test("change sections: hidden commits have hidden subjects: the texts are not complete", () => {
  const texts = (more: Partial<PullRequestFacts>) =>
    changeSections({ ...facts, ...more }, listed([file]), AT)["change.texts"];
  expect(texts({})).toMatchObject({ value: { complete: true } });
  expect(texts({ commits: [], commitSubjects: [], commitCount: 0 })).toMatchObject({ value: { complete: false } });
  expect(texts({ commits: [], commitSubjects: [] })).toMatchObject({ value: { complete: false } });
});
