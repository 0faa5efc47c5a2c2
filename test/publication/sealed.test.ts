import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { SEALED_CHECK } from "../../src/publication/sealed.ts";
import { expect, test } from "../support/jest.ts";

test("sealed check: fits GitHub's limits and is neutral", () => {
  expect(SEALED_CHECK.conclusion).toBe("neutral");
  expect(SEALED_CHECK.actions.length).toBeLessThanOrEqual(3);
  for (const { label, description, identifier } of SEALED_CHECK.actions) {
    expect(label.length).toBeLessThanOrEqual(20);
    expect(description.length).toBeLessThanOrEqual(40);
    expect(identifier.length).toBeLessThanOrEqual(20);
  }
});

test("sealed check: is a constant that imports nothing, so there is nothing to compute it from", () => {
  const source = readFileSync(resolve(import.meta.dirname, "../../src/publication/sealed.ts"), "utf8");
  expect(source).not.toMatch(/\bimport\b|\$\{|=>|\bfunction\b/);
});
