import { isUtf8 } from "node:buffer";
import { AUTOMATION_ACCOUNTS, isAutomation, isPlaceholder, WEB_FLOW_ACCOUNT } from "./addresses.ts";
import { machineOf } from "./machine.ts";

/** One name and address as commits have them, each different pair once. */
export interface Person {
  readonly name: string;
  /** Lower case. */
  readonly address: string;
  readonly kind: "ordinary" | "machine" | "noreply" | "web_flow" | "bot" | "nobody";
  /** Host of a machine's own address (`user@host`); null for all others. */
  readonly host: string | null;
  /** Of `ID+login@users.noreply.github.com`; the id is null in the older form. */
  readonly noreply: { readonly accountId: number | null; readonly login: string } | null;
}

/** The people of a table, in its order. Bytes that are no UTF-8 are read as Latin-1, so that every name is a text. */
export const peopleOf = (texts: readonly string[]): readonly Person[] => texts.map(personOf);

function personOf(bytes: string): Person {
  const text = decoded(bytes);
  const open = text.lastIndexOf("<");
  const name = text.slice(0, Math.max(0, open)).trim().normalize("NFC");
  const address = text
    .slice(open + 1, -1)
    .trim()
    .toLowerCase();
  const noreply = noreplyOf(address);
  const host = machineOf(address);
  return { name, address, noreply, host, kind: kindOf(address, { noreply, host }) };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decoded(bytes: string): string {
  if (!NON_ASCII.test(bytes)) return bytes;
  const raw = Buffer.from(bytes, "latin1");
  return isUtf8(raw) ? utf8.decode(raw) : bytes;
}

const NON_ASCII = /[\u0080-\uffff]/;

function noreplyOf(address: string): Person["noreply"] {
  const found = NOREPLY.exec(address);
  if (!found) return null;
  const id = found[1] === undefined ? null : Number(found[1]);
  return { accountId: id !== null && Number.isSafeInteger(id) ? id : null, login: found[2] ?? "" };
}

const NOREPLY = /^(?:(\d{1,16})\+)?([^@+]+)@users\.noreply\.github\.com$/;

function kindOf(address: string, { noreply, host }: Pick<Person, "noreply" | "host">): Person["kind"] {
  if (address === "noreply@github.com" || noreply?.accountId === WEB_FLOW_ACCOUNT) return "web_flow";
  if (noreply)
    return noreply.login.endsWith("[bot]") || AUTOMATION_ACCOUNTS.has(noreply.accountId ?? 0) ? "bot" : "noreply";
  if (isAutomation(address)) return "bot";
  if (isPlaceholder(address)) return "nobody";
  return host === null ? "ordinary" : "machine";
}
