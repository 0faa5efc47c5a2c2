import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { Webhooks } from "@octokit/webhooks";
import fc from "fast-check";
import { EVENT_SCHEMAS } from "../../src/delivery/events.ts";
import { declineEarly, type Headers, MAX_BODY_BYTES, receive } from "../../src/delivery/receive.ts";
import { describe, expect, test } from "../support/jest.ts";
import { bytesOf, EXAMPLES, example, GUID, headersFor, NOW, SECRET, signature } from "./fixtures.ts";

const opened = bytesOf(example("pull_request", "opened"));

const take = (name: string, body: Buffer, changed: Headers = {}, secrets = [SECRET]) =>
  receive({ headers: headersFor(name, body, changed), body }, secrets, NOW);

const verdict = (name: string, body: Buffer, changed: Headers = {}, secrets = [SECRET]): unknown => {
  const received = take(name, body, changed, secrets);
  return received.ok ? "stored" : `${received.status} ${received.reason}`;
};

describe("receive: what happens when a delivery is genuine", () => {
  test("another App's check run: taken, however long that App's own id of it is", () => {
    const body = example("check_run", "rerequested");
    const run = { ...(body.check_run as object), external_id: "x".repeat(5_000) };
    expect(verdict("check_run", bytesOf({ ...body, check_run: run }))).toBe("stored");
  });

  test("it is stored with its GUID, tenant and time, cut to the named fields", () => {
    const received = take("pull_request", opened);
    expect(received).toMatchObject({ ok: true, delivery: { guid: GUID, receivedAt: NOW } });
    const text = JSON.stringify(received);
    expect(text.length).toBeLessThan(opened.length / 10);
    for (const dropped of ["avatar_url", '"title"', '"body"', "email", "gravatar_id"])
      expect(text).not.toContain(dropped);
  });

  test("either of two secrets is good while they are exchanged, a third is not", () => {
    const other = "0123456789abcdef-another-good-secret-of-ours";
    for (const secret of [SECRET, other]) {
      const changed = { "x-hub-signature-256": signature(opened, secret) };
      expect(verdict("pull_request", opened, changed, [SECRET, other])).toBe("stored");
      expect(verdict("pull_request", opened, changed, [`${SECRET}x`])).toBe("401 signature_wrong");
    }
  });

  test("charset=utf-8 in the content type changes nothing", () => {
    expect(verdict("pull_request", opened, { "content-type": "application/json; charset=utf-8" })).toBe("stored");
  });
});

describe("receive: what happens when the signature is forged (T1)", () => {
  const good = signature(opened);
  const hex = good.slice("sha256=".length);
  const sha1 = `sha1=${createHmac("sha1", SECRET).update(opened).digest("hex")}`;
  const forged: readonly (readonly [string, Headers])[] = [
    ["is missing", { "x-hub-signature-256": undefined }],
    ["is empty", { "x-hub-signature-256": "" }],
    ["is made with an empty key", { "x-hub-signature-256": signature(opened, "") }],
    ["is made with Probot's default secret", { "x-hub-signature-256": signature(opened, "development") }],
    ["is made with half of the secret", { "x-hub-signature-256": signature(opened, SECRET.slice(0, 20)) }],
    ["is SHA-1 in the old header only", { "x-hub-signature-256": undefined, "x-hub-signature": sha1 }],
    ["is SHA-1 in the new header", { "x-hub-signature-256": sha1 }],
    ["has upper-case hex", { "x-hub-signature-256": `sha256=${hex.toUpperCase()}` }],
    ["has an upper-case prefix", { "x-hub-signature-256": `SHA256=${hex}` }],
    ["has no prefix", { "x-hub-signature-256": hex }],
    ["is cut short", { "x-hub-signature-256": good.slice(0, -1) }],
    ["is too long", { "x-hub-signature-256": `${good}0` }],
    ["ends in a space", { "x-hub-signature-256": `${good} ` }],
    ["ends in a line break", { "x-hub-signature-256": `${good}\n` }],
    ["is base64", { "x-hub-signature-256": `sha256=${Buffer.from(hex, "hex").toString("base64")}` }],
    ["has one wrong digit", { "x-hub-signature-256": good.slice(0, -1) + (good.endsWith("0") ? "1" : "0") }],
    ["is there twice, joined as node:http joins it", { "x-hub-signature-256": `${good}, ${good}` }],
    ["is there twice, as a list", { "x-hub-signature-256": [good, good] }],
    ["is of another body", { "x-hub-signature-256": signature(Buffer.concat([opened, Buffer.from(" ")])) }],
    ["is all zeros", { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }],
  ];

  test.each(forged)("401 when it %s", (_what, changed) => {
    expect(verdict("pull_request", opened, changed)).toMatch(/^401 signature_(missing|wrong)$/);
  });

  test("401 when there is no secret to check it with", () => {
    expect(verdict("pull_request", opened, {}, [])).toBe("401 signature_wrong");
  });

  test("401 for every event name, ping and unknown ones too: 202 is for GitHub alone", () => {
    for (const name of [...EVENT_SCHEMAS.keys(), "ping", "push", "constructor"]) {
      expect(verdict(name, opened, { "x-hub-signature-256": `sha256=${"0".repeat(64)}` })).toBe("401 signature_wrong");
    }
  });

  test("401 when one byte of the body differs", () => {
    const changed = Buffer.from(opened);
    changed[changed.length - 1] = 0x20;
    expect(verdict("pull_request", changed, { "x-hub-signature-256": signature(opened) })).toBe("401 signature_wrong");
  });
});

describe("receive: what happens when it is compared with @octokit/webhooks", () => {
  const octokit = new Webhooks({ secret: SECRET });

  test("the same signatures are good for every text", async () => {
    const anyText = fc.string({ unit: "binary", minLength: 1 });
    await fc.assert(
      fc.asyncProperty(anyText, fc.boolean(), async (text, honest) => {
        const body = Buffer.from(text);
        const signed = signature(body, honest ? SECRET : `${SECRET}x`);
        const ours = !String(verdict("pull_request", body, { "x-hub-signature-256": signed })).startsWith("401");
        expect(ours).toBe(await octokit.verify(body.toString("utf8"), signed));
      }),
    );
  });

  test("a good signature over bytes that are not UTF-8 is good, and the body is refused as not JSON", async () => {
    const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect(await octokit.verify(body.toString("utf8"), signature(body))).toBe(false);
    expect(verdict("pull_request", body)).toBe("400 json");
  });

  test("a byte order mark is part of what is signed, and not JSON", () => {
    expect(verdict("pull_request", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), opened]))).toBe("400 json");
  });
});

/** Events of which the package has no body. */
const WITHOUT_EXAMPLE: Readonly<Record<string, object>> = {
  repository_ruleset: { action: "edited", repository_ruleset: { id: 1 } },
  personal_access_token_request: { action: "created", personal_access_token_request: { id: 1 } },
};

describe("receive: what happens when header and body disagree (T3)", () => {
  test.each([...EVENT_SCHEMAS.keys()])("every example body sent as %s: only its own are accepted", (name) => {
    const wrong: string[] = [];
    for (const { name: origin, source, body } of EXAMPLES) {
      const seen = String(verdict(name, bytesOf(body)));
      const accepted = seen === "stored" || seen === "202 action_ignored";
      if (accepted !== (origin === name) || (!accepted && seen !== "422 event_mismatch")) {
        wrong.push(`${source} ${origin}.${body.action}: ${seen}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("an event we do not act on is acknowledged and not stored", () => {
    for (const { name, body } of EXAMPLES) {
      if (!EVENT_SCHEMAS.has(name)) expect(verdict(name, bytesOf(body))).toBe("202 event_ignored");
    }
  });

  test("an action we do not act on is acknowledged and not stored", () => {
    expect(verdict("pull_request", bytesOf(example("pull_request", "labeled")))).toBe("202 action_ignored");
    expect(verdict("pull_request", bytesOf({ ...example("pull_request", "opened"), action: "invented" }))).toBe(
      "202 action_ignored",
    );
    const edited = { ...example("pull_request", "opened"), action: "edited" };
    expect(verdict("pull_request", bytesOf({ ...edited, changes: { title: { from: "a" } } }))).toBe(
      "202 action_ignored",
    );
    expect(verdict("pull_request", bytesOf({ ...edited, changes: { base: { ref: { from: "a" } } } }))).toBe("stored");
  });

  test("keys that GitHub adds later change nothing", () => {
    for (const name of EVENT_SCHEMAS.keys()) {
      const stored = EXAMPLES.find((item) => item.name === name && verdict(name, bytesOf(item.body)) === "stored");
      const body = stored?.body ?? WITHOUT_EXAMPLE[name];
      expect(verdict(name, bytesOf({ ...body, brand_new_key: { nested: [1] } }))).toBe("stored");
    }
  });

  test.each([
    ["form-encoded", "application/x-www-form-urlencoded"],
    ["text", "text/plain"],
    ["JSON by a look-alike type", "application/json-patch+json"],
    ["JSON in another charset", "application/json; charset=utf-16"],
    ["without a type", undefined],
  ])("415 for a body that is %s", (_what, type) => {
    expect(verdict("pull_request", opened, { "content-type": type })).toBe("415 content_type");
  });

  test("415 for an encoded body, whatever the encoding is called", () => {
    for (const encoding of ["gzip", "br", "identity", ""]) {
      expect(verdict("pull_request", opened, { "content-encoding": encoding })).toBe("415 content_encoding");
    }
  });

  test.each(["__proto__", "constructor", "toString", "pull_request ", "PULL_REQUEST", "pull_request, pull_request"])(
    "an event called %p is none of ours",
    (name) => {
      expect(verdict(name, opened)).toBe("202 event_ignored");
    },
  );

  test.each([undefined, "", ["pull_request", "member"]])("400 when the event's name is %p", (name) => {
    expect(verdict("pull_request", opened, { "x-github-event": name })).toBe("400 event_name");
  });

  test.each([undefined, "", "1", `${GUID} `, GUID.toUpperCase(), `{${GUID}}`, "../../etc", [GUID, GUID], `${GUID}\n`])(
    "400 when the delivery's GUID is %p",
    (guid) => {
      expect(verdict("pull_request", opened, { "x-github-delivery": guid })).toBe("400 delivery_id");
    },
  );
});

describe("receive: what happens when the body is odd", () => {
  const body = example("pull_request", "opened");

  test.each(["", "{", "undefined", "{'a':1}", `${opened}${opened}`, "[".repeat(100_000), '{"a":"\0"}'])(
    "400 when it is not JSON (%#)",
    (text) => {
      expect(verdict("pull_request", Buffer.from(text))).toBe("400 json");
    },
  );

  test.each(["null", "1", "[]", '"text"', "{}", "true", `[${opened}]`])(
    "422 when it is JSON of another kind (%#)",
    (text) => {
      expect(verdict("pull_request", Buffer.from(text))).toBe("422 event_mismatch");
    },
  );

  test("413 beyond the cap, whatever the content length said", () => {
    const large = Buffer.alloc(MAX_BODY_BYTES + 1, 0x20);
    expect(verdict("pull_request", large)).toBe("413 too_large");
    expect(verdict("pull_request", large, { "content-length": "10" })).toBe("413 too_large");
    expect(verdict("pull_request", Buffer.alloc(MAX_BODY_BYTES, 0x20))).toBe("400 json");
  });

  test("an action that is no text is refused, one that is a word of JavaScript is ignored", () => {
    for (const action of [["opened"], { opened: true }, null, 1]) {
      expect(verdict("pull_request", bytesOf({ ...body, action }))).toBe("422 event_mismatch");
    }
    for (const action of ["__proto__", "constructor"]) {
      expect(verdict("pull_request", bytesOf({ ...body, action }))).toBe("202 action_ignored");
    }
  });

  test("a key called __proto__ reaches no prototype", () => {
    const text = opened.toString().replace("{", '{"__proto__":{"polluted":true,"member":1},');
    const received = take("pull_request", Buffer.from(text));
    expect(received.ok).toBe(true);
    expect(JSON.stringify(received)).not.toContain("polluted");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test("NUL and half surrogates in texts become U+FFFD, so that every store can keep them", () => {
    const user = { id: 7, node_id: "U_7", type: "User", login: "ada\u0000\ud800-example" };
    const received = take("member", bytesOf({ ...example("member", "added"), member: user }));
    const expected = { ...user, login: "ada\uFFFD\uFFFD-example" };
    expect(received).toMatchObject({ ok: true, delivery: { event: { payload: { member: expected } } } });
  });

  test("no mutation of a genuine body makes it throw, and what is stored is small and well-formed", () => {
    const keys = Object.keys(body);
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), fc.boolean(), (key, value, nested) => {
        const inner = body[key];
        const changed =
          nested && typeof inner === "object" ? { ...inner, [Object.keys(inner ?? {})[0] ?? "id"]: value } : value;
        const received = take("pull_request", bytesOf({ ...body, [key]: changed }));
        const text = JSON.stringify(received);
        expect(text.length).toBeLessThan(4_000);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toContain("\\u0000");
      }),
    );
  });
});

describe("declineEarly: what happens when the headers alone decide", () => {
  test("a body over the cap is declined before it is read, signed or not", () => {
    const large = { "content-length": String(25 * 1024 * 1024) };
    expect(declineEarly(headersFor("pull_request", opened, large))).toMatchObject({ status: 413 });
    expect(declineEarly(headersFor("pull_request", opened))).toBeNull();
  });
});
