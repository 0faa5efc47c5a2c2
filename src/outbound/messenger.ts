import type { Notice } from "../job/notice.ts";
import { type Destination, receives } from "../notification/destination.ts";
import type { Messenger, Sent } from "../notification/messenger.ts";
import { signedBody } from "../notification/render/signed.ts";
import { slackBody } from "../notification/render/slack.ts";
import { post, signatureHeaders } from "./http.ts";
import { type Outbound, tenSeconds } from "./limits.ts";
import { mail } from "./smtp.ts";

/** The messenger for the destinations that the operator named. */
export function makeMessenger(
  destinations: readonly Destination[],
  { clock, deadline = tenSeconds }: Pick<Outbound, "clock"> & Partial<Outbound>,
): Messenger {
  const outbound = { clock, deadline };
  const named = new Map(destinations.map((destination) => [destination.name, destination]));
  return {
    destinationsOf: (organization, about) =>
      destinations.filter((destination) => receives(destination, organization, about)).map(({ name }) => name),
    async send(name, notice) {
      const destination = named.get(name);
      if (destination === undefined) throw new Error("a message for a destination that nobody named");
      return send(destination, notice, outbound);
    },
  };
}

async function send(destination: Destination, notice: Notice, outbound: Outbound): Promise<Sent> {
  switch (destination.kind) {
    case "slack":
      return post({ url: destination.url, body: slackBody(notice) }, outbound);
    case "webhook": {
      const { url, secret, secret_previous: previous } = destination;
      const body = signedBody(notice);
      const signed = { id: notice.id, body, now: outbound.clock.now() };
      return post({ url, body, headers: signatureHeaders(signed, previous ? [secret, previous] : [secret]) }, outbound);
    }
    case "email":
      return mail(destination, notice, outbound);
  }
}
