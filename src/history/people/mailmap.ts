import { isPlaceholder } from "./addresses.ts";

/** One line of a `.mailmap`: the address, and perhaps the name, that commits have, and whom they stand for. */
export interface MailmapEntry {
  /** Lower case, as are both addresses; null for every name. */
  readonly commitName: string | null;
  readonly commitAddress: string;
  /** The address of the person meant, or another text that stands for the person where the line has no address. */
  readonly properAddress: string;
}

/**
 * What a project says about its people's addresses (gitmailmap(5)). A line that only corrects a name says that its
 * address is a person's own. A statement of the project, not of the people.
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
  const [, properName = "", first = "", commitName = "", second] = LINE.exec(line) ?? [];
  const properAddress = first.trim().toLowerCase();
  const isNobodys = isPlaceholder(properAddress);
  if (isNobodys && (properName.trim() === "" || second === undefined)) return [];
  const name = commitName.trim().normalize("NFC").toLowerCase();
  const commitAddress = (second ?? first).trim().toLowerCase();
  // No address at all is everybody's who has none.
  if (name === "" && commitAddress === "") return [];
  return [
    {
      commitName: name === "" ? null : name,
      commitAddress,
      properAddress: isNobodys ? `${properName.trim().toLowerCase()} <${properAddress}>` : properAddress,
    },
  ];
}

/** What a mailmap makes of people, by git's rules. */
export interface Mailmap {
  /** The address it gives to who has this name and address; null for whom it does not mention. */
  properAddress(name: string, address: string): string | null;
  /** True when it gives people under one address, by their names, different ones. */
  splits(address: string): boolean;
}

/** The line with the name of a commit wins over the one without; of two of a kind the later one wins. */
export function mailmapOf(entries: readonly MailmapEntry[]): Mailmap {
  const byAddress = new Map<string, Map<string | null, string>>();
  for (const { commitName, commitAddress, properAddress } of entries) {
    const lines = byAddress.get(commitAddress) ?? new Map<string | null, string>();
    // A line that only corrects a name takes no address away.
    if (commitAddress === properAddress && lines.has(commitName)) continue;
    byAddress.set(commitAddress, lines.set(commitName, properAddress));
  }
  const split = new Set(entries.flatMap((entry) => (entry.commitName === null ? [] : [entry.commitAddress])));
  const proper = new Set(entries.map(({ properAddress }) => properAddress));
  return {
    properAddress(name, address) {
      const lines = byAddress.get(address);
      return lines?.get(name.toLowerCase()) ?? lines?.get(null) ?? (proper.has(address) ? address : null);
    },
    splits: (address) => split.has(address),
  };
}
