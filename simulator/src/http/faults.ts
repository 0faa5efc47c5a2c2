/** Something that goes wrong on purpose. */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** True for a page in HTML, as an edge before GitHub answers, instead of GitHub's JSON. */
      readonly page?: boolean;
    }
  /** The work is done, and the answer is lost on the way: the case that makes blind retries write twice. */
  | { readonly kind: "after_commit"; readonly status: number }
  | { readonly kind: "delay"; readonly ms: number }
  /** The connection closes without an answer. */
  | { readonly kind: "reset" }
  /** GraphQL answers with a hole: null at the path and an error beside it. */
  | { readonly kind: "partial"; readonly path: readonly string[]; readonly type?: string; readonly message?: string };

/** Switches by operation: `checks/create`, `graphql/PrTriage`, `oauth/access_token`; a final `*` stands for the rest. */
export interface Faults {
  /** From now on, or after `skip` calls, the next `times` calls (for ever when left out) meet the fault. */
  add(operation: string, fault: Fault, limits?: { readonly times?: number; readonly skip?: number }): void;
  clear(): void;
  /** The faults one call meets, in the order of adding. */
  take(operation: string): readonly Fault[];
}

export function createFaults(): Faults {
  let switches: { operation: string; fault: Fault; left: number; skip: number }[] = [];
  return {
    add(operation, fault, limits = {}) {
      switches.push({ operation, fault, left: limits.times ?? Number.POSITIVE_INFINITY, skip: limits.skip ?? 0 });
    },
    clear() {
      switches = [];
    },
    take(operation) {
      const due: Fault[] = [];
      for (const found of switches.filter((candidate) => matches(candidate.operation, operation))) {
        if (found.skip > 0) found.skip -= 1;
        else if (found.left > 0) {
          found.left -= 1;
          due.push(found.fault);
        }
      }
      return due;
    },
  };
}

const matches = (pattern: string, operation: string): boolean =>
  pattern.endsWith("*") ? operation.startsWith(pattern.slice(0, -1)) : operation === pattern;

/** GitHub's secondary limit, as it words it. */
export const secondaryLimit = (retryAfterSeconds: number): Fault => ({
  kind: "status",
  status: 429,
  message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
  headers: { "retry-after": String(retryAfterSeconds) },
});

/** GitHub's hourly limit, used up until the given moment. */
export const primaryLimit = (resetAt: string): Fault => ({
  kind: "status",
  status: 403,
  message: "API rate limit exceeded for installation.",
  headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.ceil(Date.parse(resetAt) / 1000)) },
});
