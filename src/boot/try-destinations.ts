import { randomBytes } from "node:crypto";
import type { TriedDestination } from "../cli/command.ts";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { InvalidInput } from "../errors.ts";
import type { Destination } from "../notification/destination.ts";
import { readDestinations } from "../notification/destinations-file.ts";
import type { Sent } from "../notification/messenger.ts";
import { testNotice } from "../notification/notices.ts";
import { randomRef } from "../random.ts";
import { messengerOf } from "./wire.ts";

/** See `Services.tryDestinations`. */
export async function tryDestinations(
  config: Config,
  organization: string | null,
): Promise<readonly TriedDestination[]> {
  const all = readDestinations(config.notify);
  const wanted = all.filter((destination) => organization === null || isToldOf(destination, organization));
  if (wanted.length === 0) throw new InvalidInput([nobody(config, organization)]);
  const messenger = messengerOf(config, { clock: systemClock });
  return Promise.all(
    wanted.map(async (destination) => {
      const notice = testNotice({
        ref: randomRef({ bytes: (count) => randomBytes(count) }),
        now: systemClock.now(),
        organization: organization ?? namedIn(destination),
        publicUrl: config.web.publicUrl,
      });
      return tried(destination, await messenger.send(destination.name, notice));
    }),
  );
}

const isToldOf = ({ organization }: Destination, wanted: string): boolean =>
  organization === "*" || String(organization).toLowerCase() === wanted.toLowerCase();

function namedIn({ organization }: Destination): string {
  if (organization === "*") return "every organisation";
  return typeof organization === "number" ? `account ${organization}` : organization;
}

function nobody({ notify }: Pick<Config, "notify">, organization: string | null) {
  const mend = "name somebody in it as docs/operations.md shows";
  if (notify === null)
    return { where: "NOTIFY_FILE", what: "not set: nobody is told", mend: `make a file and ${mend}` };
  const what = organization === null ? "names nobody" : `names nobody for ${organization}`;
  return { where: notify.path, what, mend };
}

const TO_MEND: Readonly<Record<Destination["kind"], string>> = {
  slack: "make a new incoming webhook where it should arrive, and write its url",
  webhook: "look at the url, and at why that server refuses",
  email: "look at the user and password in smtp, at from and at to",
};

function tried(destination: Destination, sent: Sent): TriedDestination {
  const { name, kind, organization } = destination;
  const about = { name, kind, organization: String(organization) };
  switch (sent.state) {
    case "sent":
      return { ...about, state: "ok", found: "took the message", mend: null };
    case "refused":
      return { ...about, state: "refused", found: sent.because, mend: TO_MEND[kind] };
    case "away":
      return {
        ...about,
        state: "unreachable",
        found: sent.because,
        mend: "look at the address and the network; messages wait until it answers",
      };
  }
}
