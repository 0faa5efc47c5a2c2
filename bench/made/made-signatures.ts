import { createHash } from "node:crypto";
import type { Random } from "../seeded-numbers.ts";

/** The key GitHub signs its web commits with, and how long its signatures are: RSA 2048, from 2024 on RSA 4096. */
const WEB_FLOW = "<noreply@github.com>";
const WEB_FLOW_SINCE = Date.UTC(2017, 7, 16) / 1_000;
const WEB_FLOW_LONGER = Date.UTC(2024, 0, 16) / 1_000;
/** One in so many people signs what it commits (BASE-RATES.md: a tenth to four tenths of those active lately). */
const SIGNERS = 6;

/** The `gpgsig` header of a commit, with its line end; empty where nobody would have signed. */
export function signatureMadeUp(committer: string, at: number, random: Random): string {
  if (committer.endsWith(WEB_FLOW)) {
    if (at < WEB_FLOW_SINCE) return "";
    return header(openPgp(committer, { at, bytes: at < WEB_FLOW_LONGER ? 256 : 512, random }));
  }
  const key = createHash("sha1").update(committer).digest();
  return (key[0] ?? 0) % SIGNERS === 0 ? header(openPgp(committer, { at, bytes: 512, random })) : "";
}

/** A signature packet that names its key, around random bytes (RFC 9580, section 5.2). */
function openPgp(
  owner: string,
  { at, bytes, random }: { readonly at: number; readonly bytes: number; readonly random: Random },
): Buffer {
  const fingerprint = createHash("sha1").update(`key of ${owner}`).digest();
  const time = Buffer.alloc(4);
  time.writeUInt32BE(at);
  const hashed = Buffer.concat([Buffer.from([22, 33, 4]), fingerprint, Buffer.from([5, 2]), time]);
  const unhashed = Buffer.concat([Buffer.from([9, 16]), fingerprint.subarray(12)]);
  const number = Buffer.from(Array.from({ length: bytes }, () => random.next() * 256));
  const body = Buffer.concat([
    Buffer.from([4, 0, 1, 8]),
    ...[hashed, unhashed].flatMap((part) => [length(part.length), part]),
    Buffer.from([0, 0]),
    length(8 * bytes),
    number,
  ]);
  return Buffer.concat([Buffer.from([0xc2, 192 + ((body.length - 192) >> 8), (body.length - 192) & 255]), body]);
}

function length(value: number): Buffer {
  const two = Buffer.alloc(2);
  two.writeUInt16BE(value);
  return two;
}

const LINE_CHARACTERS = 64;

function header(packet: Buffer): string {
  const text = packet.toString("base64");
  const lines = text.match(new RegExp(`.{1,${LINE_CHARACTERS}}`, "g")) ?? [];
  const armour = ["-----BEGIN PGP SIGNATURE-----", "", ...lines, "=made", "-----END PGP SIGNATURE-----"];
  return `gpgsig ${armour.join("\n ")}\n`;
}
