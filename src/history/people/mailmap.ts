/** One line of a `.mailmap`: the address, and perhaps the name, that commits have, and the address it stands for. */
export interface MailmapEntry {
  readonly commitName: string | null;
  readonly commitAddress: string;
  readonly properAddress: string;
}

/**
 * What a project says about its people's addresses (gitmailmap(5)); lines that only correct a name say nothing about
 * identity and are left out. A statement of the project, not of the people.
 */
export function parseMailmap(text: string): readonly MailmapEntry[] {
  return text
    .slice(0, MAX_CHARACTERS)
    .split("\n")
    .flatMap((line) => entryOf(line.replace(/#.*$/, "").trim()));
}

const MAX_CHARACTERS = 2 ** 20;
const LINE = /^([^<>]*)<([^<>]*)>(?:([^<>]*)<([^<>]*)>)?$/;

function entryOf(line: string): readonly MailmapEntry[] {
  const [, , first = "", commitName = "", second] = LINE.exec(line) ?? [];
  if (second === undefined || first.trim() === "" || second.trim() === "") return [];
  const name = commitName.trim().normalize("NFC");
  return [
    {
      commitName: name === "" ? null : name,
      commitAddress: second.trim().toLowerCase(),
      properAddress: first.trim().toLowerCase(),
    },
  ];
}
