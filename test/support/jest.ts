import type * as jest from "@jest/globals";

/** What the runner puts into the global object before it reads a test file. */
export const {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest: clock,
  test,
} = globalThis as unknown as typeof jest;
