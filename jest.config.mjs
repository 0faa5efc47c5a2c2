import { availableParallelism } from "node:os";

export default {
  globalSetup: "<rootDir>/test/support/run/before-all.mjs",
  globalTeardown: "<rootDir>/test/support/run/after-all.mjs",
  testMatch: ["<rootDir>/{test,simulator/test}/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/(?:browser|campaigns|postgres|real-graphs)/"],
  moduleFileExtensions: ["ts", "js", "mjs", "json"],
  // Tests wait for sockets, programs and polls a third of their time.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  runner: ["<rootDir>/test/support/run/runner.mjs", { runtime: "child_process" }],
  testSequencer: "<rootDir>/test/support/run/sequencer.mjs",
  transform: {},
};
