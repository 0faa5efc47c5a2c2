/**
 * What a file is for, by its folder: `data` is read by tests and installed by nobody, `aside` is installed by those who
 * look at examples or documentation, `project` by everybody.
 */
export type Standing = "project" | "aside" | "data";

const DATA = /(?:^|\/)(?:fixtures?|__fixtures__|testdata|testsuite|test-data|snapshots|__snapshots__)\//i;
const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|testcases|e2e|examples?|samples?|docs|documentation|benchmarks?|playgrounds?|templates?)\//i;

export const standingOf = (path: string): Standing =>
  DATA.test(path) ? "data" : ASIDE.test(path) ? "aside" : "project";
