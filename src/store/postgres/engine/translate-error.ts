import { InvalidInput, OperatingError } from "../../../errors.ts";

/**
 * Turns what the database clients throw into the store's two operating failures. Anything else, a constraint that was
 * violated or a statement that is wrong, is a programmer error and leaves unchanged.
 */
export function translateError(error: unknown): unknown {
  const code = codeOf(error);
  if (code === DISK_FULL) return new OperatingError("disk_full", "disk full: the database says so", { cause: error });
  if (!isUnavailable(error, code)) return error;
  return new OperatingError("database_unavailable", `database unavailable (${code ?? "connection lost"})`, {
    cause: error,
  });
}

/** What opening the database can show besides: an address, a login or a right that a person has to mend. */
export function translateOpenError(error: unknown): unknown {
  const code = codeOf(error);
  const mend = code === null ? undefined : MENDED_BY_PEOPLE[code];
  return mend === undefined
    ? translateError(error)
    : new InvalidInput([{ where: "DATABASE_URL", what: `the server refused (${code})`, mend }]);
}

const MENDED_BY_PEOPLE: Readonly<Record<string, string>> = {
  "28P01": "check user and password",
  "28000": "check the user and the server's pg_hba.conf",
  "3D000": "create the database or correct its name",
  "42501":
    "let the role create tables, and run as an administrator: CREATE ROLE sallyport_tenant NOLOGIN NOBYPASSRLS; " +
    "GRANT sallyport_tenant TO the role of DATABASE_URL",
};

const NETWORK = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
]);

const DISK_FULL = "53100";

/** SQLSTATE classes: connection, resources, operator, system; codes: timed out, serialisation, deadlock. */
const STATE = /^(08|53|57|58)|^(25P03|40001|40P01|55P03)$/;

// The clients raise these without a code.
const MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable|pool after calling end|Client was closed|PGlite is clos/;

function isUnavailable(error: unknown, code: string | null): boolean {
  if (code !== null) return NETWORK.has(code) || STATE.test(code);
  return MESSAGE.test(String(error));
}

/** SQLSTATE or Node's error code. Read without `instanceof`, which fails for errors of another realm. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
