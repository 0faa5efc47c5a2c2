import { type OperatingCode, OperatingError } from "../../src/errors.ts";
import { type HoldScope, type Outcome, outcomeOf } from "../../src/job/outcome.ts";
import { expect, test } from "../support/jest.ts";

const NOW = "2026-03-02T10:00:00.000Z";

interface Scene {
  /** Who fails, by the probes. */
  readonly by?: HoldScope;
  /** How often in a row the job was held by itself for this reason. */
  readonly times?: number;
  readonly because?: string;
  readonly alike?: boolean;
}

/** The outcome, and how often GitHub was probed for it. */
async function ended(
  error: unknown,
  { by = "job", times = 0, because, alike = false }: Scene = {},
): Promise<readonly [outcome: Outcome, probes: number]> {
  let probes = 0;
  const whoFails = async () => {
    probes++;
    return by;
  };
  const code = error instanceof OperatingError ? error.code : null;
  const waited = { because: because ?? code, times };
  const outcome = await outcomeOf(error, {
    now: NOW,
    waited,
    inquiry: { whoFails, othersFailAlike: async () => alike },
  });
  return [outcome, probes];
}

const failed = (code: OperatingCode) => new OperatingError(code, "somewhere");
const ODD = ["not_found", "forbidden", "validation"] as const;
const OUTAGES = ["timeout", "upstream_error", "conflict", "github_unreachable"] as const;

test.each(OUTAGES)("outcome: %s is the world's fault, and the probes say whose circuit opens", async (because) => {
  for (const by of ["github", "installation", "job"] as const)
    expect(await ended(failed(because), { by, times: 99 })).toEqual([{ kind: "held", by, because }, 1]);
});

test.each(OUTAGES)(
  "outcome: %s for three days, while GitHub answers everything else, is set aside",
  async (because) => {
    expect(await ended(failed(because), { times: 100 })).toEqual([{ kind: "discarded", because }, 1]);
    expect(await ended(failed(because), { by: "github", times: 100 })).toMatchObject([{ kind: "held" }, 1]);
  },
);

test.each(["database_unavailable", "disk_full"] as const)(
  "outcome: %s is nobody's circuit, and nobody asks GitHub",
  async (because) => {
    expect(await ended(failed(because), { times: 999 })).toEqual([{ kind: "held", by: "job", because }, 0]);
  },
);

test.each(ODD)("outcome: %s may be a lag three times, and no request is made to know", async (because) => {
  for (const times of [0, 1, 2])
    expect(await ended(failed(because), { times })).toEqual([{ kind: "held", by: "job", because }, 0]);
});

test.each(ODD)("outcome: %s ends no job while the probes find GitHub out", async (because) => {
  for (const by of ["github", "installation"] as const)
    expect(await ended(failed(because), { by, times: 999 })).toEqual([{ kind: "held", by, because }, 1]);
});

test.each(ODD)("outcome: %s ends a job that alone hears it while GitHub answers", async (because) => {
  const kind = because === "validation" ? "discarded" : "cancelled";
  expect(await ended(failed(because), { times: 3 })).toEqual([{ kind, because }, 1]);
});

test.each(ODD)("outcome: %s to several jobs at once is believed after six hours", async (because) => {
  expect(await ended(failed(because), { times: 29, alike: true })).toMatchObject([{ kind: "held", by: "job" }, 1]);
  expect(await ended(failed(because), { times: 30, alike: true })).not.toMatchObject([{ kind: "held" }, 1]);
});

test.each(ODD)("outcome: one %s after other failures is a first one", async (because) => {
  expect(await ended(failed(because), { times: 40, because: "timeout" })).toMatchObject([{ kind: "held" }, 0]);
});

test.each(["installation_suspended", "installation_gone"] as const)(
  "outcome: %s waits for the installation",
  async (because) => {
    expect(await ended(failed(because))).toEqual([{ kind: "held", by: "installation", because }, 0]);
  },
);

test("outcome: a limit waits until the moment GitHub named, and a minute when it named none", async () => {
  const retryAt = "2026-03-02T10:37:00.000Z";
  const named = new OperatingError("rate_limited", "x", { retryAt });
  expect(await ended(named)).toEqual([{ kind: "snooze", until: retryAt, because: "rate_limited" }, 0]);
  expect(await ended(failed("rate_limited"))).toMatchObject([{ until: "2026-03-02T10:01:00.000Z" }, 0]);
});

test("outcome: a bug is tried again and keeps its message to itself", async () => {
  expect(await ended(new TypeError("ada-example did it"))).toEqual([{ kind: "retry", because: "unexpected error" }, 0]);
});
