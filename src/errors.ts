import type { Fetched, UnavailableReason } from "./absence.ts";

/** What can go wrong while operating; each code decides a job's outcome (`job/outcome.ts`). */
export type OperatingCode =
  | "rate_limited"
  | "budget_low"
  | "not_found"
  | "forbidden"
  | "timeout"
  | "upstream_error"
  | "conflict"
  | "validation"
  | "installation_gone"
  | "installation_suspended"
  | "database_unavailable"
  | "disk_full"
  | "github_unreachable";

/** An operating failure at a port: nobody between the port and the job runner can mend it. */
export class OperatingError extends Error {
  override readonly name = "OperatingError";
  readonly code: OperatingCode;
  /** When trying again makes sense (UTC ISO 8601), when the other side said so. */
  readonly retryAt: string | null;

  constructor(code: OperatingCode, message: string, options: { retryAt?: string | null; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryAt = options.retryAt ?? null;
  }
}

/** One thing wrong with an input: where it is, what is wrong, how to mend it. */
export interface Problem {
  readonly where: string;
  readonly what: string;
  readonly mend: string;
}

/** Input that a person has to mend; carries every problem found, never only the first. */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.where}: ${problem.what}; ${problem.mend}`).join("\n"));
    this.problems = problems;
  }
}

/** Fails to compile when a closed union is not handled in full; throws when data broke the type. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${String(value)}`);
}

const CODE_OF_REASON: Readonly<Record<UnavailableReason, OperatingCode>> = {
  not_found: "not_found",
  forbidden: "forbidden",
  rate_limited: "rate_limited",
  timeout: "timeout",
  upstream_error: "upstream_error",
  incomplete: "upstream_error",
  not_requested: "validation",
  too_large: "validation",
  unreadable: "validation",
};

/** The value of an answer that the caller cannot go on without; throws OperatingError with the reason otherwise. */
export function required<T>(what: string, answer: Fetched<T>): T {
  if (answer.ok) return answer.value;
  throw new OperatingError(CODE_OF_REASON[answer.reason], `${what}: ${answer.reason}`, { retryAt: answer.retryAt });
}
