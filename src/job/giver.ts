import type { MemberEvent } from "../delivery/events.ts";
import type { JobOf } from "./job.ts";

/** Who gave a role: whoever accepts an invitation sends the event himself, and who invited him is not told in it. */
export function givenBy({ member, sender }: MemberEvent): Pick<JobOf<"assess-collaborator">, "givenBy"> {
  if (!sender || sender.id === member?.id) return {};
  return { givenBy: { id: sender.id, login: sender.login } };
}
