import { z } from "zod";
import type { Config } from "../../../config.ts";
import { InvalidInput, OperatingError } from "../../../errors.ts";
import type { Services } from "../../command.ts";
import { operationsUrl } from "../doctor/ask-running.ts";

const answered = z.union([
  z.object({ directory: z.string(), bytes: z.number() }),
  z.object({ problems: z.array(z.object({ where: z.string(), what: z.string(), mend: z.string() })).min(1) }),
]);

/** Has the server that this configuration names copy its database. Throws InvalidInput with what it says, or OperatingError. */
export async function backupByRunning(config: Config): ReturnType<Services["backup"]> {
  const url = operationsUrl(config);
  const read = answered.safeParse(await answerOf(`${url}/backup`));
  if (!read.success)
    throw new OperatingError(
      "database_unavailable",
      `the server that holds the database does not answer at ${url}; set OPERATIONS_HOST and OPERATIONS_PORT as it has them`,
    );
  if ("problems" in read.data) throw new InvalidInput(read.data.problems);
  return read.data;
}

async function answerOf(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { method: "POST", headers: { "x-sallyport": "backup" } });
    return await response.json();
  } catch {
    return null;
  }
}
