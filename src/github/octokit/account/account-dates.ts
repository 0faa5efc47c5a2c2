import type { Fetched } from "../../../absence.ts";
import type { AccountKeys } from "../../../dossier/facts.ts";
import type { InstallationGateway } from "../../gateway.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { read, type Session } from "../transport/session.ts";

type Key = AccountKeys["keys"][number];

/** When the account's public keys were added, 2 requests; the keys themselves and their e-mails are not read. */
export async function accountKeys(session: Session, login: string): Promise<Fetched<AccountKeys>> {
  const gpg = await read(session, ENDPOINTS.gpgKeys, { username: login, per_page: 100 });
  if (!gpg.ok) return gpg;
  const ssh = await read(session, ENDPOINTS.sshSigningKeys, { username: login, per_page: 100 });
  if (!ssh.ok) return ssh;
  const dated = (kind: Key["kind"], keys: typeof gpg.value): readonly Key[] =>
    keys.map((key) => ({ kind, createdAt: key.created_at }));
  return { ok: true, value: { keys: [...dated("gpg", gpg.value), ...dated("ssh_signing", ssh.value)] } };
}

/** Times of the account's public events of the last 30 days, 1 request. */
export async function accountEvents(session: Session, login: string): ReturnType<InstallationGateway["accountEvents"]> {
  const answer = await read(session, ENDPOINTS.publicEvents, { username: login, per_page: 100 });
  if (!answer.ok) return answer;
  const events = answer.value.flatMap(({ created_at: at }) => (at === null ? [] : [{ kind: "event" as const, at }]));
  return { ok: true, value: events };
}
