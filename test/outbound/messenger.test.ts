import { Webhook } from "standardwebhooks";
import type { Destination } from "../../src/notification/destination.ts";
import { parseDestinations } from "../../src/notification/destinations-file.ts";
import type { Sent } from "../../src/notification/messenger.ts";
import { testNotice } from "../../src/notification/notices.ts";
import { signatureHeaders } from "../../src/outbound/http.ts";
import { makeMessenger } from "../../src/outbound/messenger.ts";
import { NOW, OCCASION } from "../notification/samples.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { type MailServer, mailServer } from "../support/mail-server.ts";
import { type Answer, type Posted, type WebhookServer, webhookServer } from "../support/webhook-server.ts";

const clock = fixedClock(NOW);
const notice = testNotice(OCCASION);
const SECRETS = [7, 8].map((byte) => `whsec_${Buffer.alloc(32, byte).toString("base64")}`) as [string, string];

let answers: Answer | null = { status: 204 };
let web: WebhookServer;

beforeAll(async () => {
  web = await webhookServer(() => answers);
});
afterAll(() => web.close());

/** Sends to one destination, written as an operator writes it. */
async function send(entry: string, deadline: () => AbortSignal = () => new AbortController().signal): Promise<Sent> {
  const parsed = parseDestinations(`destinations:\n  - { name: here, organization: "*", ${entry} }\n`, "notify.yml");
  const destinations: readonly Destination[] = parsed.ok ? parsed.destinations : [];
  return makeMessenger(destinations, { clock, deadline }).send("here", notice);
}
const sendMail = ({ url }: Pick<MailServer, "url">, deadline?: () => AbortSignal): Promise<Sent> =>
  send(`kind: email, smtp: ${url}, from: sallyport@octo.example, to: team@octo.example`, deadline);
const slack = (): string => `kind: slack, url: ${web.url}/T0/s3cr3t`;

test("webhook: what the reference library signs and verifies, by the secret of now and of before", async () => {
  expect(
    await send(`kind: webhook, url: ${web.url}/in, secret: ${SECRETS[0]}, secret_previous: ${SECRETS[1]}`),
  ).toEqual({
    state: "sent",
  });
  const { body, headers } = web.posted.at(-1) as Posted;
  expect(headers["webhook-id"]).toBe(notice.id);
  const at = new Date(Number(headers["webhook-timestamp"]) * 1_000);
  expect(at.toISOString()).toBe(NOW);
  const theirs = SECRETS.map((secret) => new Webhook(secret).sign(notice.id, at, body));
  expect(headers["webhook-signature"]).toBe(theirs.join(" "));
});

test("webhook: the example of the specification's own libraries gives its signature", () => {
  const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  const now = new Date(1_614_265_330_000).toISOString();
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  expect(signatureHeaders({ id, body: '{"test": 2432232314}', now }, [secret])["webhook-signature"]).toBe(
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  );
});

test("slack: JSON that its webhooks take, and nothing more", async () => {
  expect(await send(slack())).toEqual({ state: "sent" });
  const { body, headers, path } = web.posted.at(-1) as Posted;
  expect([path, headers["content-type"], headers["user-agent"]]).toEqual([
    "/T0/s3cr3t",
    "application/json",
    "sallyport",
  ]);
  expect(Object.keys(JSON.parse(body))).toEqual(["text", "blocks", "unfurl_links", "unfurl_media"]);
});

const away = (because: string, retryAt: string | null = null): Sent => ({ state: "away", because, retryAt });
const refused = (because: string): Sent => ({ state: "refused", because });

test.each<[Answer, Sent]>([
  [{ status: 200 }, { state: "sent" }],
  [{ status: 500 }, away("answered 500")],
  [{ status: 408 }, away("answered 408")],
  [{ status: 429, headers: { "retry-after": "120" } }, away("answered 429", "2026-11-30T06:32:00.000Z")],
  [
    { status: 503, headers: { "retry-after": "Mon, 30 Nov 2026 06:31:00 GMT" } },
    away("answered 503", "2026-11-30T06:31:00.000Z"),
  ],
  [{ status: 503, headers: { "retry-after": "99999999" } }, away("answered 503", "2026-11-30T07:30:00.000Z")],
  [{ status: 503, headers: { "retry-after": "soon" } }, away("answered 503")],
  [{ status: 400 }, refused("answered 400")],
  [{ status: 404 }, refused("answered 404")],
  [{ status: 410 }, refused("answered 410")],
])("an answer of %j", async (answer, expected) => {
  answers = answer;
  expect(await send(slack())).toEqual(expected);
});

test("a redirect is not followed, wherever it leads", async () => {
  answers = { status: 307, headers: { location: `${web.url}/elsewhere` } };
  expect(await send(slack())).toEqual(refused("answered 307, a redirect, which is not followed"));
  expect(web.posted.filter(({ path }) => path === "/elsewhere")).toEqual([]);
});

test("nobody there, and a server that hangs: away, and no word of the address", async () => {
  const gone = await webhookServer();
  await gone.close();
  expect(await send(`kind: slack, url: ${gone.url}/T0/s3cr3t`)).toEqual(away("no connection (ECONNREFUSED)"));
  answers = null;
  const stop = new AbortController();
  const before = web.posted.length;
  const hanging = send(slack(), () => stop.signal);
  while (web.posted.length === before) await new Promise(setImmediate);
  stop.abort();
  expect(await hanging).toEqual(away("no answer within 10 s"));
});

test("mail: handed over with an id that stays, a date of the clock and no names", async () => {
  const server = await mailServer();
  expect(await sendMail(server)).toEqual({ state: "sent" });
  const [mail = ""] = server.mails;
  expect(mail).toMatch(/^MAIL FROM:<sallyport@octo\.example>.*\r\nRCPT TO:<team@octo\.example>\r\n/);
  expect(mail).toContain("From: Sallyport <sallyport@octo.example>\r\n");
  expect(mail).toContain("Subject: Sallyport: Test message for octo-org\r\n");
  expect(mail).toContain(`Message-ID: <${notice.id}@octo.example>\r\n`);
  expect(mail).toContain("Date: Mon, 30 Nov 2026 06:30:00 +0000\r\n");
  expect(mail).toContain("Auto-Submitted: auto-generated\r\n");
  expect(mail).toContain("https://sallyport.example/");
  await server.close();
});

test("mail: signs in where the file says so, also with characters that a URL has to encode", async () => {
  const server = await mailServer();
  expect(await sendMail({ url: `smtp://a%40b:p%3Aw@127.0.0.1:${server.port}` })).toEqual({ state: "sent" });
  expect(server.commands).toContain(`AUTH PLAIN ${Buffer.from("\0a@b\0p:w").toString("base64")}`);
  await server.close();
});

test.each<[Readonly<Record<string, string>>, Sent]>([
  [{ RCPT: "550 no such user" }, refused("answered 550")],
  [{ RCPT: "450 later" }, away("answered 450")],
  [{ DATA: "452 full" }, away("answered 452")],
  [{ END: "554 no" }, refused("answered 554")],
  [{ AUTH: "535 wrong" }, refused("answered 535")],
  [{ EHLO: "250 mail.example", AUTH: "502 unknown" }, refused("answered 502")],
])("mail: a server that says %j", async (replies, expected) => {
  const server = await mailServer(replies);
  const signIn = "AUTH" in replies ? "user:word@" : "";
  expect(await sendMail({ url: `smtp://${signIn}127.0.0.1:${server.port}` })).toEqual(expected);
  expect(server.mails.length === 0 || "END" in replies).toBe(true);
  await server.close();
});

test("mail: a user without a password is the set-up's fault", async () => {
  const server = await mailServer();
  expect(await sendMail({ url: `smtp://user@127.0.0.1:${server.port}` })).toEqual(refused("could not sign in"));
  await server.close();
});

test("mail: to another machine nothing is said without TLS, neither the password nor the mail", async () => {
  const server = await mailServer();
  // Not an address of this machine by its name, and reached all the same.
  expect(await sendMail({ url: `smtp://user:word@0.0.0.0:${server.port}` })).toEqual(refused("answered 502"));
  expect(server.commands.filter((command) => !/^(EHLO|STARTTLS|QUIT)/.test(command))).toEqual([]);
  await server.close();
});

test("mail: a server that never greets is left after the time an attempt has", async () => {
  const server = await mailServer({ GREETING: "" });
  const stop = new AbortController();
  const hanging = sendMail(server, () => stop.signal);
  setImmediate(() => stop.abort());
  expect(await hanging).toEqual(away("no answer within 10 s"));
  await server.close();
  expect(await sendMail(server)).toEqual(away("no connection (ESOCKET)"));
});
