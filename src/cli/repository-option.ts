import { InvalidInput } from "../errors.ts";
import type { RepositoryAddress } from "../ids.ts";

/** The repository that OWNER/REPO names; null for what is not written so. */
export function repositoryNamed(text: string): RepositoryAddress | null {
  const [, owner, name] = /^([\w-]{1,100})\/([\w.-]{1,100})$/.exec(text) ?? [];
  return owner && name ? { owner, name } : null;
}

/** What `--repo` of this command names. Throws InvalidInput when it is no OWNER/REPO. */
export function repositoryOf(command: string, text: string): RepositoryAddress {
  const named = repositoryNamed(text);
  if (named !== null) return named;
  throw new InvalidInput([{ where: command, what: "--repo is no repository", mend: "write it as OWNER/REPO" }]);
}
