import { tryDestinations } from "../../../../src/boot/try-destinations.ts";
import type { TriedDestination } from "../../../../src/cli/command.ts";
import { notify } from "../../../../src/cli/commands/notify/command.ts";
import { notifySchema } from "../../../../src/cli/commands/notify/schema.ts";
import { readConfig } from "../../../../src/config.ts";
import { expect, test } from "../../../support/jest.ts";
import { mailServer } from "../../../support/mail-server.ts";
import { webhookServer } from "../../../support/webhook-server.ts";
import { runRecorded } from "../../recording-io.ts";

const one = (change: Partial<TriedDestination> = {}): TriedDestination => ({
  ...{ name: "team", kind: "slack", organization: "octo-org", state: "ok", found: "took the message", mend: null },
  ...change,
});
const run = (tried: readonly TriedDestination[], ...argv: readonly string[]) =>
  runRecorded(["notify", ...argv], [notify], { services: { tryDestinations: async () => tried } });

test("notify: says of each destination whether the message arrived, and how to mend it", async () => {
  const refused = one({
    name: "siem",
    kind: "webhook",
    state: "refused",
    found: "answered 404",
    mend: "look at the url",
  });
  expect(await run([one(), refused], "test")).toEqual({
    exit: 2,
    stderr: "",
    stdout: [
      "team  ok           took the message; slack, told of octo-org",
      "siem  refused      answered 404; webhook, told of octo-org",
      "      to mend:     look at the url",
      "",
    ].join("\n"),
  });
});

test.each([
  [0, [one()]],
  [3, [one(), one({ state: "unreachable" })]],
  [2, [one({ state: "unreachable" }), one({ state: "refused" })]],
])("notify: exit %i", async (exit, tried) => {
  const { stdout, ...ran } = await run(tried, "test", "--json", "--organization", "octo-org");
  expect(ran).toEqual({ exit, stderr: "" });
  expect(notifySchema.parse(JSON.parse(stdout))).toMatchObject({ organization: "octo-org", destinations: tried });
});

test.each([[[]], [["tests"]], [["test", "octo-org"]]])("notify: %j is wrong use", async (argv) => {
  expect(await run([], ...argv)).toMatchObject({ exit: 2, stdout: "" });
});

const configOf = (text: string) =>
  readConfig({ NOTIFY_FILE: "notify.yml" }, () => ({ state: "read", text, worldReadable: false }));

test("notify test: one message to each that is told of the organisation, without its address in the answer", async () => {
  const web = await webhookServer((path) => ({ status: path === "/refuses" ? 404 : 200 }));
  const mail = await mailServer();
  const config = configOf(`destinations:
  - { name: team, organization: Octo-Org, kind: slack, url: "${web.url}/takes" }
  - { name: siem, organization: "*", kind: slack, url: "${web.url}/refuses" }
  - { name: other, organization: other-org, kind: slack, url: "${web.url}/other" }
  - { name: owners, organization: 42, kind: email, smtp: "${mail.url}", from: a@b.example, to: c@d.example }
`);
  const tried = await tryDestinations(config, "octo-org");
  expect(tried).toEqual([
    one({ organization: "Octo-Org" }),
    one({ name: "siem", organization: "*", state: "refused", found: "answered 404", mend: tried[1]?.mend ?? "" }),
  ]);
  expect(tried[1]?.mend).toContain("incoming webhook");
  expect(web.posted.map(({ path }) => path).toSorted()).toEqual(["/refuses", "/takes"]);
  for (const { body } of web.posted) expect(body).toContain("Test message for octo-org");
  expect(await tryDestinations(config, "42")).toMatchObject([{ name: "siem" }, { name: "owners", state: "ok" }]);
  expect(mail.mails).toHaveLength(1);
  await web.close();
  await mail.close();
  expect(await tryDestinations(config, null)).toMatchObject(
    ["team", "siem", "other", "owners"].map((name) => ({ name, state: "unreachable" })),
  );
});

test("notify test: nobody to tell, and a file that is wrong, are wrong input", async () => {
  const none = readConfig({}, () => ({ state: "missing" }));
  await expect(tryDestinations(none, null)).rejects.toThrow("NOTIFY_FILE: not set");
  await expect(tryDestinations(configOf("destinations: []"), null)).rejects.toThrow("notify.yml: names nobody;");
  await expect(tryDestinations(configOf("destinations: 1"), null)).rejects.toThrow("notify.yml:1:1 destinations:");
});
