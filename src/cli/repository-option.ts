import { InvalidInput } from "../errors.ts";
import type { RepositoryAddress } from "../ids.ts";

/** What `--repo` of this command names. Throws InvalidInput when it is no OWNER/REPO. */
export function repositoryOf(command: string, text: string): RepositoryAddress {
  const [, owner, name] = /^([\w-]{1,100})\/([\w.-]{1,100})$/.exec(text) ?? [];
  if (owner && name) return { owner, name };
  throw new InvalidInput([{ where: command, what: "--repo is no repository", mend: "write it as OWNER/REPO" }]);
}
