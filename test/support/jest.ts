import type * as jest from "@jest/globals";
import { limitMinutes } from "./run/limit.ts";

/** What the runner puts into the global object before it reads a test file. */
const given = globalThis as unknown as typeof jest;

export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest: clock } = given;

type Body = (...row: unknown[]) => unknown;

/** The runner knows no limit for a test: one that waits for ever ended the whole run, an hour later and unnamed. */
const limited =
  (body: Body) =>
  async (...row: unknown[]): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      const minutes = limitMinutes();
      timer = setTimeout(() => reject(new Error(`it did not end within ${minutes} minutes`)), minutes * 60_000);
    });
    try {
      await Promise.race([body(...row), limit]);
    } finally {
      clearTimeout(timer);
    }
  };

const each =
  (table: readonly unknown[]) =>
  (name: string, body: Body): void =>
    given.test.each(table)(name, limited(body));

export const test = Object.assign((name: string, body: Body): void => given.test(name, limited(body)), {
  each,
  skip: given.test.skip,
}) as unknown as typeof given.test;
