import type { Source, Standing } from "../effective.ts";
import { isPersonal, type Role } from "../grant.ts";
import { sourceWords } from "../words.ts";
import { ghApi } from "./gh-command.ts";

/** What a person can run to answer a line, and what it leaves. Nothing here is ever run by this program. */
export interface Remedy {
  readonly commands: readonly RemedyCommand[];
  /** What stays all the same, and what goes besides, in sentences. */
  readonly stays: readonly string[];
}

export interface RemedyCommand {
  /** `close` is about a setting and no account; `list` changes nothing and shows what the next command needs. */
  readonly verb: "lower" | "remove" | "close" | "list";
  /** The path that it lowers or ends: `direct`, `team core`; for a setting its name. */
  readonly path: string;
  readonly command: string;
}

export const NO_REMEDY: Remedy = { commands: [], stays: [] };

/** One account, as commands name it. */
export interface About {
  readonly organization: string;
  readonly login: string;
  readonly standing: Standing;
}

/** Where it holds a role by a path. */
export interface Place {
  readonly name: string;
  readonly role: Role;
}

type Made = Omit<RemedyCommand, "command"> & { readonly command: string | null };

/** The commands that could be made; a name that none may hold is said instead. */
export function remedyOf(made: readonly Made[], stays: readonly (string | null)[]): Remedy {
  const commands = made.flatMap(({ command, ...rest }) => (command === null ? [] : [{ ...rest, command }]));
  const isRefused = commands.length < made.length;
  return {
    commands,
    stays: [...stays, isRefused ? REFUSED : null].filter((sentence) => sentence !== null),
  };
}

const REFUSED = "A name in it has characters that GitHub gives to no name, so that a command is missing here.";

/** A role that was given to the account itself, on one repository. */
export function personalPath({ organization, login }: About, { name, role }: Place): readonly Made[] {
  const address = ["repos", organization, name, "collaborators", login];
  const path = `direct on ${name}`;
  const lower = { verb: "lower", path, command: ghApi("PUT", address, { permission: "pull" }) } as const;
  const remove = { verb: "remove", path, command: ghApi("DELETE", address) } as const;
  return role === "read" ? [remove] : [lower, remove];
}

/** A role by anything that gives it on more than one repository; none for what every member has. */
export function widePath({ organization, login }: About, source: Source): readonly Made[] {
  const path = sourceWords([source]);
  if (isByTeam(source)) {
    const address = ["orgs", organization, "teams", source.team ?? "", "memberships", login];
    return [{ verb: "remove", path, command: ghApi("DELETE", address) }];
  }
  if (source.kind === "owner")
    return [
      {
        ...{ verb: "lower", path },
        command: ghApi("PUT", ["orgs", organization, "memberships", login], { role: "member" }),
      },
    ];
  if (source.kind === "organization_role") {
    const address = ["orgs", organization, "organization-roles", "users", login];
    return [{ verb: "remove", path, command: ghApi("DELETE", address) }];
  }
  return [];
}

/** A role of the organisation may be a team's: then whoever leaves the team loses it. */
const isByTeam = ({ kind, team }: Source): boolean =>
  kind === "team" || (kind === "organization_role" && team !== undefined);

/** What leaving a path takes or leaves besides, for each kind of path once. */
export function besides(sources: readonly Source[]): readonly string[] {
  const teams = sources.filter(isByTeam);
  const kinds = new Set(sources.filter((source) => !isByTeam(source)).map(({ kind }) => kind));
  return [
    ...(teams.length > 0
      ? [
          `Leaving ${sourceWords(teams)} takes all that ${teams.length === 1 ? "the team gives" : "the teams give"}; whoever belongs to a team below it leaves that one.`,
        ]
      : []),
    ...(kinds.has("owner") ? ["An owner who becomes a member keeps what teams and direct roles give."] : []),
    ...(kinds.has("organization_role") ? ["All organisation roles of the account go; those of its teams stay."] : []),
    ...(kinds.has("base") ? ["What every member has by the base permission stays."] : []),
  ];
}

/** Paths that give the access too and that the commands leave alone. */
export const otherPaths = (sources: readonly Source[]): string | null =>
  sources.length === 0 ? null : `This does not end the access: it comes by ${sourceWords(sources)} too.`;

export const personal = (sources: readonly Source[]): readonly Source[] =>
  sources.filter(({ kind }) => isPersonal(kind));
export const wide = (sources: readonly Source[]): readonly Source[] => sources.filter(({ kind }) => !isPersonal(kind));
