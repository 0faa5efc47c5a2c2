/** GitHub's own names: logins, slugs, repositories. Nothing in them means anything to a shell or to `gh`. */
const NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;

/** What `gh api` sends beside the address; all of it ours, never a name that others chose. */
type Fields = Readonly<Record<string, "pull" | "member" | "read" | "none">>;

/**
 * One request to GitHub's REST API as `gh` takes it, to be copied and run by a person; null where a part of the address
 * is no name that GitHub gives, as in a file from elsewhere. Names are third-party text: none is quoted, none is let in.
 */
export function ghApi(
  method: "DELETE" | "PATCH" | "PUT",
  address: readonly string[],
  fields: Fields = {},
): string | null {
  if (!address.every((part) => NAME.test(part))) return null;
  const sent = Object.entries(fields).map(([name, value]) => ` -f ${name}=${value}`);
  return `gh api -X ${method} ${address.join("/")}${sent.join("")}`;
}

/** The same for a body of JSON that is ours to the last letter. */
export function ghApiBody(address: readonly string[], body: object): string | null {
  if (!address.every((part) => NAME.test(part))) return null;
  return `echo '${JSON.stringify(body)}' | gh api -X POST ${address.join("/")} --input -`;
}

/** Lists a repository's deploy keys, each with the number that deletes it. */
export const ghDeployKeys = (organization: string, repository: string): string | null =>
  NAME.test(organization) && NAME.test(repository)
    ? `gh repo deploy-key list --repo ${organization}/${repository}`
    : null;

/** Lists the invitations that went to addresses, each with the number that takes it back. */
export const ghInvitationsByMail = (organization: string): string | null =>
  NAME.test(organization)
    ? `gh api orgs/${organization}/invitations --paginate --jq '.[] | select(.login == null) | [.id, .email] | @tsv'`
    : null;
