import { generateKeyPairSync } from "node:crypto";
import { pino } from "pino";
import { Probot } from "probot";
import { makeDispatch, sallyport } from "../src/app.ts";
import type { Delivery } from "../src/delivery/delivery.ts";
import { receive } from "../src/delivery/receive.ts";
import { TRIGGERS } from "../src/delivery/triggers.ts";
import type { Job } from "../src/job/job.ts";
import { plan } from "../src/job/plan.ts";
import { bytesOf, EXAMPLES, example, GUID, headersFor, NOW, SECRET } from "./delivery/fixtures.ts";
import { beforeAll, describe, expect, test } from "./support/jest.ts";
import { MemoryInbox } from "./support/memory-inbox.ts";

const APP = 4711;
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

let requests = 0;

/** A real Probot whose network counts and refuses: planning must not ask GitHub anything. */
async function makeProbot(): Promise<Probot> {
  const fetch = async (): Promise<never> => {
    requests += 1;
    throw new Error("no network in this test");
  };
  const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const probot = new Probot({
    appId: APP,
    privateKey: pem,
    secret: SECRET,
    log: pino({ level: "silent" }),
    request: { fetch },
  });
  return probot.ready();
}

function stored(name: string, body: object, guid = GUID): Delivery {
  const bytes = bytesOf(body);
  const received = receive(
    { headers: headersFor(name, bytes, { "x-github-delivery": guid }), body: bytes },
    [SECRET],
    NOW,
  );
  if (!received.ok) throw new Error(`${name}: ${received.reason}`);
  return received.delivery;
}

const opened = (guid: string): Delivery =>
  stored("pull_request", { ...example("pull_request", "opened"), installation: { id: 5 } }, guid);

const guidOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;

describe("dispatch: what happens when stored deliveries go through Probot", () => {
  let probot: Probot;
  let dispatch: (delivery: Delivery) => Promise<readonly Job[]>;

  beforeAll(async () => {
    probot = await makeProbot();
    dispatch = await makeDispatch(probot, { appId: APP });
  });

  test("every example of an event we subscribe to passes from bytes to plan, without a request", async () => {
    const names = [
      "pull_request",
      "member",
      "membership",
      "team",
      "organization",
      "installation",
      "check_run",
      "check_suite",
      "deploy_key",
      "branch_protection_rule",
    ];
    const wanted = new Set([...names, "repository", "installation_repositories", "github_app_authorization"]);
    const planned = new Map<string, number>();
    let ignored = 0;
    for (const { name, body } of EXAMPLES.filter(({ name }) => wanted.has(name))) {
      const bytes = bytesOf(body);
      const received = receive({ headers: headersFor(name, bytes), body: bytes }, [SECRET], NOW);
      if (!received.ok) {
        expect(received.status).toBe(202);
        ignored += 1;
        continue;
      }
      for (const { kind } of await dispatch(received.delivery)) planned.set(kind, (planned.get(kind) ?? 0) + 1);
    }
    expect(requests).toBe(0);
    expect(ignored).toBeGreaterThan(50);
    for (const kind of ["publish-sealed-check", "triage-pull-request", "close-pull-request", "assess-collaborator"]) {
      expect(planned.get(kind)).toBeGreaterThan(0);
    }
    for (const kind of ["follow-access", "assess-invited", "note-rule-change"])
      expect(planned.get(kind)).toBeGreaterThan(0);
    for (const kind of ["bootstrap-installation", "purge-installation", "reseal-repository", "end-sessions"]) {
      expect(planned.get(kind)).toBeGreaterThan(0);
    }
  });

  test("the jobs are those of plan, with the time the delivery came", async () => {
    const member = { ...example("member", "added"), installation: { id: 5 } };
    const delivery = stored("member", member);
    expect(await dispatch(delivery)).toEqual(plan(delivery, { appId: APP }));
    expect(await dispatch(delivery)).toMatchObject([
      { kind: "assess-collaborator", grantedAt: NOW },
      { kind: "follow-access", notBefore: "2026-11-23T12:00:10.000Z" },
    ]);
  });

  test("a hundred at once each get their own jobs, and the same one twice at once gets them both times", async () => {
    const deliveries = Array.from({ length: 100 }, (_, index) => {
      const body = { ...example("pull_request", "opened"), installation: { id: index + 1 } };
      return stored("pull_request", body, guidOf(index));
    });
    const jobs = await Promise.all([...deliveries, ...deliveries].map(dispatch));
    for (const [index, planned] of jobs.entries()) {
      expect(planned).toHaveLength(2);
      expect(planned[0]).toMatchObject({ installationId: (index % 100) + 1 });
    }
  });

  test("an installation that is being deleted or suspended needs no token", async () => {
    const account = { id: 7, node_id: "O_7", login: "acme-example", type: "Organization" };
    for (const action of ["deleted", "suspend"]) {
      expect(await dispatch(stored("installation", { action, installation: { id: 5, account } }))).toHaveLength(1);
    }
    expect(requests).toBe(0);
  });

  test("a request would have been counted", async () => {
    const github = await probot.auth();
    await expect(github.request("GET /app", { request: { retries: 0 } })).rejects.toThrow();
    expect(requests).toBe(1);
  });

  test("a stored delivery that is no body of its event is rejected, and the next one is not harmed", async () => {
    const event = { name: "pull_request", payload: { action: "opened" } };
    const broken = { guid: GUID, installationId: null, receivedAt: NOW, event } as unknown as Delivery;
    expect(await dispatch(broken).catch(String)).toContain("not a body of the event");
    expect(await dispatch(opened(GUID))).toHaveLength(2);
  });
});

describe("the inbox and the app: what happens when deliveries come again", () => {
  test("the same delivery a hundred times is planned once", async () => {
    const inbox = new MemoryInbox();
    const dispatch = await makeDispatch(await makeProbot(), { appId: APP });
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => inbox.accept(opened(GUID))));
    const worker = await inbox.work(dispatch);
    while ((await inbox.counts()).waiting > 0) await new Promise(setImmediate);
    await worker.stop(0);
    expect(outcomes.filter((outcome) => outcome === "stored")).toHaveLength(1);
    expect(inbox.jobs.map(({ kind }) => kind)).toEqual(["publish-sealed-check", "triage-pull-request"]);
  });
});

describe("sallyport: what happens when it is loaded as an ordinary Probot app", () => {
  test("an event as GitHub sends it, untrimmed, is planned by probot.receive", async () => {
    const probot = await makeProbot();
    const submitted: (readonly [string, readonly Job[]])[] = [];
    await probot.load(
      sallyport({ receivedAt: () => NOW, submit: (...entry) => void submitted.push(entry) }, { appId: APP }),
    );
    const payload = { ...example("pull_request", "opened"), installation: { id: 5 } };
    await probot.receive({ id: GUID, name: "pull_request", payload } as unknown as Parameters<Probot["receive"]>[0]);
    expect(submitted.map(([guid, jobs]) => [guid, jobs.length])).toEqual([[GUID, 2]]);
  });

  test("every trigger is an event and action that Probot knows", async () => {
    const warned: string[] = [];
    const log = pino({ level: "warn" }, { write: (line: string) => void warned.push(line) });
    const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    const probot = await new Probot({ appId: APP, privateKey: pem, secret: SECRET, log }).ready();
    await probot.load(sallyport({ receivedAt: () => NOW, submit: () => {} }, { appId: APP }));
    expect(TRIGGERS.length).toBeGreaterThan(20);
    expect(warned).toEqual([]);
  });
});
