import { createHash } from "node:crypto";

/**
 * Which key a commit's signature names: `openpgp:` and 16 hex digits, or `ssh:` and a fingerprint; null when it names
 * none (X.509, broken). The signature itself is not verified: anybody can copy a key id into a commit, so a key is a
 * trace of whoever could write the commit, and no more.
 *
 * `header` is the raw `gpgsig` header with its continuation lines. Formats: RFC 9580 §5.2, OpenSSH PROTOCOL.sshsig.
 */
export function signingKey(header: string): string | null {
  if (header.includes(SSH_BEGIN)) return sshKey(armoured(header, SSH_BEGIN));
  if (header.includes(PGP_BEGIN)) return pgpKey(armoured(header, PGP_BEGIN));
  return null;
}

const SSH_BEGIN = "-----BEGIN SSH SIGNATURE-----";
const PGP_BEGIN = "-----BEGIN PGP SIGNATURE-----";

/** The bytes between the armour lines. OpenPGP's headers end at an empty line, and its checksum begins with `=`. */
function armoured(header: string, begin: string): Buffer {
  const start = header.indexOf(begin) + begin.length;
  const end = header.indexOf(ARMOUR_END, start);
  const inside = header.slice(start, end < 0 ? header.length : end);
  const empty = EMPTY_LINE.exec(inside);
  const body = empty ? inside.slice(empty.index + empty[0].length) : inside;
  const padding = body.indexOf("=");
  // Spaces and line ends are passed over by the decoder.
  return Buffer.from(padding < 0 ? body : body.slice(0, padding), "base64");
}

const ARMOUR_END = "-----END";
const EMPTY_LINE = /\n[ \r]*\n/;

/** `SSHSIG`, a version, then the public key as a string with its length. */
function sshKey(bytes: Buffer): string | null {
  if (bytes.length < 14 || bytes.toString("latin1", 0, 6) !== "SSHSIG") return null;
  const length = bytes.readUInt32BE(10);
  if (length === 0 || 14 + length > bytes.length) return null;
  return `ssh:${createHash("sha256")
    .update(bytes.subarray(14, 14 + length))
    .digest("base64url")}`;
}

const SIGNATURE_TAG = 2;
const ISSUER = 16;
const ISSUER_FINGERPRINT = 33;

function pgpKey(bytes: Buffer): string | null {
  const body = packetBody(bytes);
  if (body === null) return null;
  // Version 3: version, length 5, type, 4 bytes of time, 8 bytes of key id.
  if (body[0] === 3) return body.length < 15 ? null : `openpgp:${body.toString("hex", 7, 15)}`;
  if (body[0] !== 4 || body.length < 6) return null;
  const hashedEnd = 6 + body.readUInt16BE(4);
  if (hashedEnd + 2 > body.length) return null;
  const unhashedEnd = Math.min(body.length, hashedEnd + 2 + body.readUInt16BE(hashedEnd));
  const issuer = issuerIn(body.subarray(6, hashedEnd)) ?? issuerIn(body.subarray(hashedEnd + 2, unhashedEnd));
  return issuer === null ? null : `openpgp:${issuer}`;
}

/** The body of the first packet when it is a signature; lengths in the old and the new form. */
function packetBody(bytes: Buffer): Buffer | null {
  const [head = 0, length = 0, second = 0] = bytes;
  if ((head & 0x80) === 0) return null;
  const isNew = (head & 0x40) !== 0;
  if ((isNew ? head & 0x3f : (head >> 2) & 0x0f) !== SIGNATURE_TAG) return null;
  if (isNew) {
    if (length < 192) return bytes.subarray(2, 2 + length);
    if (length < 224) return bytes.subarray(3, 3 + ((length - 192) << 8) + second + 192);
    return bytes.length < 6 ? null : bytes.subarray(6, 6 + bytes.readUInt32BE(2));
  }
  const size = [1, 2, 4, 0][head & 3] ?? 0;
  if (size === 0 || bytes.length < 1 + size) return null;
  return bytes.subarray(1 + size, 1 + size + bytes.readUIntBE(1, size));
}

/** Key id from the subpackets of a version 4 signature: the end of the fingerprint, or the id itself. */
function issuerIn(subpackets: Buffer): string | null {
  let found: string | null = null;
  for (let at = 0; at < subpackets.length; ) {
    let length = subpackets[at] ?? 0;
    let start = at + 1;
    if (length >= 192 && length < 255) {
      length = ((length - 192) << 8) + (subpackets[at + 1] ?? 0) + 192;
      start = at + 2;
    } else if (length === 255) return found;
    if (length === 0 || start + length > subpackets.length) return found;
    const type = (subpackets[start] ?? 0) & 0x7f;
    const value = subpackets.subarray(start + 1, start + length);
    if (type === ISSUER_FINGERPRINT && value.length === 21) return value.toString("hex", 13, 21);
    if (type === ISSUER && value.length === 8) found = value.toString("hex");
    at = start + length;
  }
  return found;
}
