import { CATALOG } from "../../src/signals/catalog.ts";
import { clear, defineSignal, fired, type SignalMeta } from "../../src/signals/signal.ts";
import { expect, test } from "../support/jest.ts";

const meta = CATALOG[0] as SignalMeta;

test("contract: reading a section that was not declared does not compile", () => {
  const signal = defineSignal({
    ...meta,
    needs: ["change.files"],
    needsOneOf: [],
    uses: ["change.texts"],
    detect(facts) {
      // @ts-expect-error account.profile is not declared
      void facts["account.profile"];
      // @ts-expect-error change.texts is declared, and may be missing
      void (() => facts["change.texts"].texts);
      return facts["change.files"].truncated ? clear : clear;
    },
  });
  expect(signal.needs).toEqual(["change.files"]);
});

test("contract: a signal cannot fire without evidence, nor beyond its weight", () => {
  expect(() => fired([])).toThrow("needs evidence");
  expect(fired([{ fact: "a fact", tier: "PL" }], { strength: 7 })).toMatchObject({ strength: 1 });
});

test("contract: what a signal about the change says is worth reading on for", () => {
  expect(CATALOG.filter(({ axis, why }) => (axis === "C") !== (why !== undefined)).map(({ id }) => id)).toEqual([]);
});

test("contract: a signal is frozen", () => {
  expect(CATALOG.filter((signal) => !Object.isFrozen(signal))).toEqual([]);
});
