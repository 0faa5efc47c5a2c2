import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { memberWebhook } from "@sallyport/simulator/src/payload/member.ts";
import { createWorld, type User } from "@sallyport/simulator/src/world/world.ts";
import { Webhook } from "standardwebhooks";
import { plusDays } from "../../src/clock.ts";
import { accountId, installationId } from "../../src/ids.ts";
import { noticeSchema } from "../../src/notification/render/signed.ts";
import { eventually } from "../store/eventually.ts";
import { aReport } from "../store/samples.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { type MailServer, mailServer } from "../support/mail-server.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";
import { signIn } from "../support/visitor.ts";
import { type Posted, type WebhookServer, webhookServer } from "../support/webhook-server.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const maintainer = person("milo-example");
const contractor = person("carl-example");
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });
wallet.direct.set(maintainer.id, "maintain");

let app: RunningApp;
let web: WebhookServer;
let mail: MailServer;
let hangs = true;
/** What ends the attempts that are under way. */
let patience = new AbortController();

beforeAll(async () => {
  web = await webhookServer((path) => (path === "/hangs" && hangs ? null : { status: 204 }));
  mail = await mailServer();
  const to = `from: sallyport@octo.example, to: owners@octo.example`;
  const notify = `destinations:
  - { name: hangs, organization: octo-org, kind: slack, url: "${web.url}/hangs" }
  - { name: team, organization: octo-org, kind: slack, url: "${web.url}/team" }
  - { name: siem, organization: "*", kind: webhook, url: "${web.url}/siem", secret: ${SECRET} }
  - { name: owners, organization: octo-org, kind: email, smtp: "${mail.url}", ${to} }
  - { name: others, organization: other-org, kind: slack, url: "${web.url}/others" }
`;
  const about = { world, organization, owner, now: NOW, policy: NO_DEEP_SCANS };
  app = await runApp({ ...about, notify, deadline: () => patience.signal });
});

afterAll(async () => {
  app.sim.expectNoViolations();
  patience.abort();
  await app.stop();
  await Promise.all([web.close(), mail.close()]);
});

const to = (path: string): readonly Posted[] => web.posted.filter((posted) => posted.path === path);
const bodyOf = (posted: Posted | undefined) => noticeSchema.parse(JSON.parse(posted?.body ?? "{}"));
/** Every place but the one that hangs has got so many. */
const arrived = (count: number): Promise<void> =>
  eventually(() => [to("/team"), to("/siem"), mail.mails].every(({ length }) => length === count));

test("the first audit, in shadow mode: a digest by Slack, signed webhook and mail, beside a server that hangs", async () => {
  await arrived(1);
  expect(await app.tenant().installation()).toMatchObject({ publication: "shadow" });
  const [posted] = to("/siem");
  expect(bodyOf(posted)).toMatchObject({
    type: "audit.weekly",
    data: {
      organization: "octo-org",
      link: `http://localhost:3000/orgs/${app.installation.id}/audit`,
      writers: { now: 2, before: null },
      flags: { open: 0, urgent: 0, oldestAt: null },
    },
  });
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = posted?.headers ?? {};
  const theirs = new Webhook(SECRET).sign(String(id), new Date(Number(at) * 1_000), posted?.body ?? "");
  expect(signature).toBe(theirs);
  expect(mail.mails[0]).toContain("Subject: Sallyport: Access audit of octo-org\r\n");
  expect(to("/hangs")).toHaveLength(1);
});

test("while it hangs deliveries and audits go on; what became urgent is told at once, in one message", async () => {
  wallet.direct.set(contractor.id, "write");
  const told = { repository: wallet, member: contractor, sender: owner, action: "added", to: "write" } as const;
  await app.tell(memberWebhook(app.sim.stage, told));
  const known = await app.tenant().latestReportOf(accountId(contractor.id));
  expect(known).toMatchObject({ kind: "collaborator" });
  // What a later look at the account found.
  const about = { kind: "collaborator", pullRequest: null, accountId: accountId(contractor.id) } as const;
  const report = aReport(installationId(app.installation.id), about);
  const persona = { ...report.assessment.persona, band: "high" as const };
  const createdAt = plusDays(NOW, 6);
  await app.tenant().saveReport({ ...report, createdAt, assessment: { ...report.assessment, persona } });
  app.clock.set(plusDays(NOW, 7));
  await arrived(2);
  expect(bodyOf(to("/siem").at(-1))).toMatchObject({
    type: "audit.weekly",
    data: { writers: { now: 3, before: 2 }, changedRoles: 1, flags: { open: 1, urgent: 1 } },
  });
  await app.pass(60);
  await arrived(3);
  expect(bodyOf(to("/siem").at(-1))).toMatchObject({
    type: "flags.urgent",
    data: { link: expect.stringMatching(/\/flags$/), flags: { open: 1, urgent: 1 } },
  });
  expect(to("/hangs")).toHaveLength(1);
});

test("when it answers again it gets the newest digest, which took the older one's place, and what is urgent", async () => {
  hangs = false;
  const hanging = patience;
  patience = new AbortController();
  hanging.abort();
  await eventually(async () => {
    await app.pass(10);
    return to("/hangs").length === 3;
  });
  const weekly = to("/hangs")
    .slice(1)
    .filter(({ body }) => body.includes("Access audit of octo-org"));
  expect(weekly).toHaveLength(1);
  expect(weekly[0]?.body).toContain("Write or more: 3 (+1)");
});

test("an owner sees who is told, by the operator's names", async () => {
  const visitor = await signIn(app, owner.login);
  const page = await visitor.get(`/orgs/${app.installation.id}/settings`);
  expect(page.text).toContain("hangs, team, siem, owners");
  expect(page.text).not.toContain("others,");
});

test("nothing that was sent names anybody or anything of theirs, and nobody else was told", () => {
  const everything = [...web.posted.map(({ body }) => body), ...mail.mails].join("\n");
  for (const { login, id } of [owner, maintainer, contractor]) {
    expect(everything).not.toContain(login);
    expect(everything).not.toMatch(new RegExp(`\\b${id}\\b(?!/(?:audit|flags))`));
  }
  expect(everything).not.toContain("wallet");
  expect(to("/others")).toEqual([]);
  const logged = app.lines.join("");
  for (const secret of ["octo.example", SECRET, web.url]) expect(logged).not.toContain(secret);
  // Whatever else was cut short with it: an attempt may end between its message and the server's goodbye.
  expect(app.logged("notice.unsent")).toContainEqual(
    expect.objectContaining({ destination: "hangs", because: "no answer within 10 s" }),
  );
});
