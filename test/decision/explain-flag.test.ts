import { assess } from "../../src/assessment/assess.ts";
import { explainFlag } from "../../src/decision/explain-flag.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import { dossierOf, manySided } from "../assessment/dossiers.ts";
import { expect, test } from "../support/jest.ts";

const { findings, ...rest } = assess(dossierOf(manySided));
const [fired, second] = findings.filter(({ outcome, bits }) => outcome === "fired" && bits > 0);
if (!fired || !second) throw new Error("two signals should have fired");
const title = (id: string): string => CATALOG.find((signal) => signal.id === id)?.title ?? "";

test("explainFlag: names what was observed, strongest first, and nothing that was clear, unknown or without weight", () => {
  const assessment = {
    ...rest,
    findings: [
      fired,
      second,
      { ...fired, signal: "of-no-weight", bits: 0 },
      { ...fired, signal: "clear", outcome: "clear" as const },
      { ...fired, signal: "unknown", outcome: "unknown" as const },
      { ...fired, signal: "of-an-older-catalogue", bits: 0.2 },
    ],
  };
  expect(explainFlag(assessment, "write")).toBe(
    [
      "The role write meets an account that reads “look before going on”:",
      `${title(fired.signal)}.`,
      `${title(second.signal)}.`,
      "of-an-older-catalogue.",
    ].join("\n"),
  );
});
