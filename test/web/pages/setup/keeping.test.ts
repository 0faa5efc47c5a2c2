import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { credentialLines, credentialsOf, leftOver } from "../../../../src/web/pages/setup/credentials.ts";
import { whyNotWritable, writeEnv } from "../../../../src/web/pages/setup/env-file.ts";
import { afterAll, describe, expect, test } from "../../../support/jest.ts";
import { CREATED } from "../../support/created-app.ts";

describe("credentials", () => {
  test("shown as lines that read back without quotes or line ends to understand", () => {
    const lines = credentialLines(CREATED);
    expect(lines.filter((line) => !/^[A-Z_]+=[\w.+/=-]+$/.test(line))).toEqual([]);
    const read = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s)));
    expect(Buffer.from(String(read.PRIVATE_KEY), "base64").toString()).toBe(CREATED.privateKey);
    expect(read).toMatchObject({ APP_ID: "815", WEBHOOK_SECRET: CREATED.webhookSecret });
  });

  test("of an App that is yet to be created stand in its way when some are set", () => {
    expect(leftOver({ PUBLIC_URL: "https://sallyport.example", WEBHOOK_SECRET: "" })).toEqual([]);
    expect(leftOver({ WEBHOOK_SECRET: "w", GITHUB_CLIENT_ID: "i" }).map(({ where }) => where)).toEqual([
      "WEBHOOK_SECRET",
      "GITHUB_CLIENT_ID",
    ]);
  });
});

describe("env file", () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));
  const fresh = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), "sallyport-env-"));
    folders.push(folder);
    return join(folder, ".env");
  };

  test("is made with mode 0600 and reads back to the same values", async () => {
    const path = await fresh();
    await writeEnv(path, credentialsOf(CREATED));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const read = parseEnv(await readFile(path, "utf8"));
    expect(read).toEqual({
      APP_ID: "815",
      PRIVATE_KEY: CREATED.privateKey.trim(),
      WEBHOOK_SECRET: CREATED.webhookSecret,
      GITHUB_CLIENT_ID: CREATED.clientId,
      GITHUB_CLIENT_SECRET: CREATED.clientSecret,
    });
  });

  test("keeps what it says already, to the letter, and becomes private", async () => {
    const path = await fresh();
    await writeFile(path, "# mine\nPUBLIC_URL=https://sallyport.example\nAPP_ID=", { mode: 0o644 });
    await writeEnv(path, { APP_ID: "815" });
    expect(await readFile(path, "utf8")).toBe("# mine\nPUBLIC_URL=https://sallyport.example\nAPP_ID=\nAPP_ID=815\n");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("is left alone when a key has another value, and every such key is named", async () => {
    const path = await fresh();
    await writeEnv(path, { APP_ID: "1", GITHUB_CLIENT_ID: "Iv1.old" });
    const before = await readFile(path, "utf8");
    const refused = writeEnv(path, { APP_ID: "815", GITHUB_CLIENT_ID: "Iv1.new", WEBHOOK_SECRET: "w" });
    await expect(refused).rejects.toMatchObject({
      problems: [{ where: `${path}, APP_ID` }, { where: `${path}, GITHUB_CLIENT_ID` }],
    });
    expect(await readFile(path, "utf8")).toBe(before);
  });

  test("says before anything is created whether it can be written, and leaves nothing behind", async () => {
    const path = await fresh();
    expect(await whyNotWritable(path)).toBeNull();
    await writeEnv(path, { APP_ID: "815" });
    expect(await whyNotWritable(path)).toBeNull();
    expect(await readdir(dirname(path))).toEqual([".env"]);
    expect(await whyNotWritable(join(dirname(path), "nowhere", ".env"))).toMatch(/cannot be written here \(ENOENT\)$/);
    expect(await whyNotWritable(join(path, ".env"))).toMatch(/cannot be written here \(ENOTDIR\)$/);
    expect(await whyNotWritable(dirname(path))).toMatch(/cannot be written here \(EISDIR\)$/);
  });

  test("is not written twice when the values are there already", async () => {
    const path = await fresh();
    await writeEnv(path, { APP_ID: "815" });
    await writeEnv(path, { APP_ID: "815" });
    expect(await readFile(path, "utf8")).toBe("APP_ID=815\n");
  });
});
