import { judgeChange } from "../../src/assessment/judge-change.ts";
import type { ChangedFile } from "../../src/change/change.ts";
import { graded } from "../../src/signals/change-signal.ts";
import { ofChange } from "../../src/signals/worst.ts";
import { expect, test } from "../support/jest.ts";

const many = (count: number, path: string, severity: "low" | "medium" | "critical") =>
  Array.from({ length: count }, (_, at) => graded(severity, path, `${severity} ${at}`, at + 1));

test("ofChange: of more facts than anybody reads the gravest are kept, then one of each file, and the rest is counted", () => {
  const found = [
    ...many(9_000, "a", "low"),
    ...many(9_000, "b", "medium"),
    ...many(1, "c", "critical"),
    ...many(1, "d", "medium"),
  ];
  const detection = ofChange(found, { blind: null });
  if (detection.outcome !== "fired") throw new Error("nothing fired");
  expect(detection.severity).toBe("critical");
  expect(detection.evidence.length + detection.leftOut).toBe(found.length);
  expect(detection.evidence.slice(0, 3).map(({ place }) => place?.path)).toEqual(["c", "b", "d"]);
  expect(new Set(detection.evidence.map(({ severity }) => severity))).toEqual(new Set(["critical", "medium"]));
});

test("judgeChange: says how many findings are left out", () => {
  const lines = Array.from({ length: 2_500 }, (_, at) => ({ kind: "added" as const, line: at + 1, text: "a\u202eb" }));
  const file: ChangedFile = {
    ...{ path: "a.ts", previousPath: null, status: "added", additions: lines.length, deletions: 0 },
    hunks: [{ lines }],
  };
  const { findings, notChecked } = judgeChange({ files: [file], unread: [] }, "2026-11-30T00:00:00Z");
  expect(findings.filter(({ signal }) => signal === "chg-hidden-unicode")).toHaveLength(2_000);
  expect(notChecked).toContainEqual({
    what: "chg-hidden-unicode",
    because: "500 more like its findings are left out",
  });
});
