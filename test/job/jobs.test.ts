import { JOBS } from "../../src/job/job.ts";
import { expect, test } from "../support/jest.ts";

test("jobs: those on our own rows alone go on while GitHub's limit parks an installation, all others wait", () => {
  const onOurRows = Object.entries(JOBS).flatMap(([kind, { asksGitHub }]) => (asksGitHub ? [] : [kind]));
  expect(onOurRows.sort()).toEqual([
    "announce-deadlines",
    "announce-flags",
    "bootstrap-installation",
    "close-pull-request",
    "end-sessions",
    "forget-repositories",
    "note-rule-change",
    "purge-installation",
    "send-notice",
    "set-installation-paused",
    "sweep-retention",
  ]);
});
