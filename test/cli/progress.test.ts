import { progressLine } from "../../src/cli/progress.ts";
import { expect, test } from "../support/jest.ts";
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
    stderr: "\rrepositories: [--------------------] 1 of 160\u001B[K\rrepositories: 2\u001B[K\r\u001B[K",
  });
});

test("progressLine: writes nothing when stderr is no terminal", () => {
  const { io, written } = recordingIo({ terminal: false });
  const line = progressLine(io.stderr, "repositories:");
  line.update(1, 160);
  line.clear();
  expect(written().stderr).toBe("");
});

test("progressLine: the bar is full at the end, and never longer than that", () => {
  const { io, written } = recordingIo({ terminal: true });
  const line = progressLine(io.stderr, "commits:");
  for (const done of [80, 160, 200]) line.update(done, 160);
  expect(written().stderr).toContain("[##########----------] 80 of 160");
  expect(written().stderr).toContain("[####################] 200 of 160");
});
