import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "../support/jest.ts";

const folder = mkdtempSync(join(tmpdir(), "sallyport-io-"));
afterAll(() => rmSync(folder, { recursive: true }));

const src = new URL("../../src/", import.meta.url);

/** A program over the real Io; the simulator of a shell user who pipes it somewhere. */
const program = `
  import { processIo } from "${new URL("cli/io.ts", src)}";
  import { run } from "${new URL("cli/run.ts", src)}";
  const [behaviour, path] = process.argv.slice(1);
  const command = {
    name: "go", usage: "", options: {},
    async run(args, io) {
      if (behaviour === "flood") for (let line = 0; line < 100_000; line++) {
        io.stdout.write("a line of a long list\\n");
        if (line % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      if (behaviour === "read-more") io.stdout.write(String((await io.readFile(path, 65)).length));
      if (behaviour === "read-pieces") io.stdout.write(JSON.stringify(await io.readPieces(path)));
      if (behaviour === "read") io.stdout.write(String((await io.readFile(path)).length));
      if (behaviour === "write") await io.writeFile(path, ["one ", "two\\n"]);
      if (behaviour === "mode") io.stdout.write(JSON.stringify(await io.modeOf(path)));
      if (behaviour === "describe") io.stdout.write(JSON.stringify([io.stdout.isTTY, io.stdout.columns]));
      return 0;
    },
  };
  const io = processIo({ services: {}, clock: { now: () => "" } });
  process.exitCode = await run(["go"], [{ name: "go", summary: "", load: async () => command }], io);
`;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(
  args: readonly string[],
  given: { readonly stdin?: string; readonly closeEarly?: boolean } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program, "--", ...args]);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    if (given.closeEarly) child.stdout.destroy();
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdin.end(given.stdin ?? "");
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

test("processIo: ends quietly with 0 when the reader closes the pipe", async () => {
  expect(await start(["flood"], { closeEarly: true })).toMatchObject({ code: 0, stderr: "" });
});

test("processIo: has 80 columns when stdout is no terminal", async () => {
  expect(await start(["describe"])).toMatchObject({ code: 0, stdout: "[false,80]" });
});

test("processIo: reads a file, and standard input for -", async () => {
  const path = join(folder, "file");
  writeFileSync(path, "five!");
  expect(await start(["read", path])).toMatchObject({ code: 0, stdout: "5" });
  expect(await start(["read", "-"], { stdin: "seven!!" })).toMatchObject({ code: 0, stdout: "7" });
});

test("processIo: reads both in pieces of whole lines, and says what is wrong in the same words", async () => {
  const path = join(folder, "lines");
  const text = `\ufeff${"one line\n".repeat(50_000)}and no end`;
  writeFileSync(path, text);
  for (const { stdout } of [await start(["read-pieces", path]), await start(["read-pieces", "-"], { stdin: text })]) {
    const pieces = JSON.parse(stdout) as readonly string[];
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join("")).toBe(text.slice(1));
  }
  expect(await start(["read-pieces", "no-such-file"])).toMatchObject({
    code: 2,
    stderr: "no-such-file: cannot be read (ENOENT); check the path and who may read it\n",
  });
});

test("processIo: exits 2 with one line when a file is missing, a directory, or larger than 64 MiB", async () => {
  expect(await start(["read", "no-such-file"])).toEqual({
    code: 2,
    stdout: "",
    stderr: "no-such-file: cannot be read (ENOENT); check the path and who may read it\n",
  });
  expect((await start(["read", tmpdir()])).stderr).toContain("cannot be read (EISDIR)");
  const large = join(folder, "large");
  writeFileSync(large, Buffer.alloc(64 * 1024 * 1024 + 1));
  expect((await start(["read", large])).stderr).toBe(`${large}: larger than 64 MiB; give a smaller file\n`);
  expect((await start(["read-more", large])).stdout).toBe(String(64 * 1024 * 1024 + 1));
});

test("processIo: says who may do what with a file, and null where there is none", async () => {
  const path = join(folder, "shared.key");
  writeFileSync(path, "", { mode: 0o640 });
  expect((await start(["mode", path])).stdout).toBe(String(0o640));
  expect((await start(["mode", join(folder, "no-such")])).stdout).toBe("null");
});

test("processIo: writes a file that only its owner may read, over an older one, and says why when it cannot", async () => {
  const path = join(folder, "kept.json");
  for (const older of [path, `${path}.unfinished`])
    writeFileSync(older, "older, longer than what comes", { mode: 0o644 });
  expect(await start(["write", path])).toEqual({ code: 0, stdout: "", stderr: "" });
  expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual(["one two\n", 0o600]);
  expect(existsSync(`${path}.unfinished`)).toBe(false);
  expect(await start(["write", join(folder, "no", "such")])).toMatchObject({
    code: 2,
    stderr: `${join(folder, "no", "such")}: cannot be written (ENOENT); check the path and who may write there\n`,
  });
});
