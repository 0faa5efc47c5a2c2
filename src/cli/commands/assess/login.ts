import { InvalidInput } from "../../../errors.ts";

/** A login by GitHub's rule, with the suffix of Apps. Throws InvalidInput for anything else. */
export function checkedLogin(where: string, login: string): string {
  if (/^[a-z\d](-?[a-z\d]){0,38}(_[a-z\d]+)?(\[bot\])?$/i.test(login)) return login;
  throw new InvalidInput([
    { where, what: "that is no GitHub login", mend: "write it as on the profile page, without @" },
  ]);
}
