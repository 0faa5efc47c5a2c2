import { covers, type Flag } from "../../src/access/flag.ts";
import { accountId, installationId, repositoryId } from "../../src/ids.ts";
import { expect, test } from "../support/jest.ts";

const NOW = "2026-11-30T00:00:00.000Z";
const flag: Flag = {
  ...{ id: "flag", installationId: installationId(1), repositoryId: repositoryId(1), repositoryName: "wallet" },
  ...{ accountId: accountId(1), login: "x", role: "maintain", via: "direct", band: "elevated", because: "because" },
  ...{ reportId: "report", raisedAt: "2026-11-01T00:00:00.000Z", state: { kind: "open" } },
};
const decided = (more: object): Flag => ({
  ...flag,
  state: { kind: "acknowledged", byAccountId: accountId(2), byLogin: "o", reason: "r", at: flag.raisedAt, ...more },
});

test.each<[string, Flag, Partial<Pick<Flag, "role" | "band">>, boolean]>([
  ["one that nobody decided", flag, {}, false],
  ["a decision of before ends were asked for", decided({}), {}, true],
  ["kept, the same role and band", decided({ outcome: "keep", until: "2026-12-01T00:00:00.000Z" }), {}, true],
  ["kept, less than that", decided({ outcome: "keep" }), { role: "write", band: "review" }, true],
  ["kept, a higher role", decided({ outcome: "keep" }), { role: "admin" }, false],
  ["kept, a graver band", decided({ outcome: "keep" }), { band: "high" }, false],
  ["kept until now", decided({ outcome: "keep", until: NOW }), {}, false],
  ["lowered, and it was", decided({ outcome: "lowered" }), { role: "write" }, true],
  ["lowered, and it was not", decided({ outcome: "lowered" }), {}, false],
  ["lowered, and a graver band", decided({ outcome: "lowered" }), { role: "write", band: "high" }, false],
  ["removed, and there all the same", decided({ outcome: "removed" }), { role: "write", band: "review" }, false],
  ["of a grant that is gone", { ...flag, state: { kind: "grant_gone", at: NOW } }, {}, false],
])("flag: what was decided covers a grant that asks for a look: %s", (_, known, now, expected) => {
  expect(covers(known, { role: flag.role, band: flag.band, raisedAt: NOW, ...now })).toBe(expected);
});
