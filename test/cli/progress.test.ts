import { expect, test } from "@jest/globals";
import { progressLine } from "../../src/cli/progress.ts";
import { recordingIo } from "./recording-io.ts";

test("progressLine: counts up in place and wipes itself when stderr is a terminal", () => {
  const { io, written } = recordingIo({ terminal: true });
  const line = progressLine(io.stderr, "repositories:");
  line.update(1, 160);
  line.update(1, 160);
  line.update(2, null);
  line.clear();
  line.clear();
  expect(written()).toEqual({
    stdout: "",
    stderr: "\rrepositories: 1 of 160\u001B[K\rrepositories: 2\u001B[K\r\u001B[K",
  });
});

test("progressLine: writes nothing when stderr is no terminal", () => {
  const { io, written } = recordingIo({ terminal: false });
  const line = progressLine(io.stderr, "repositories:");
  line.update(1, 160);
  line.clear();
  expect(written().stderr).toBe("");
});
