/** One setting of an INI-like file. */
export interface Setting {
  /** The header it stands under, lower-cased; empty before the first. */
  readonly section: string;
  /** Lower-cased. */
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

/**
 * Settings of `.npmrc`, `pip.conf`, `setup.cfg`, `.gitmodules` and Java's properties, in order. A line that begins with
 * blanks goes on with the setting above, where `continued`. Linear, never throws.
 */
export function settingsOf(text: string, continued = false): readonly Setting[] {
  const found: Setting[] = [];
  let section = "";
  for (const [index, written] of text.split("\n").entries()) {
    const trimmed = written.trim();
    if (trimmed === "" || trimmed[0] === "#" || trimmed[0] === ";") continue;
    const line = index + 1;
    if (trimmed[0] === "[") {
      section = trimmed
        .slice(1, trimmed.endsWith("]") ? -1 : undefined)
        .trim()
        .toLowerCase();
      continue;
    }
    const key = found.at(-1)?.key;
    if (continued && /^\s/.test(written) && key !== undefined && found.at(-1)?.section === section) {
      found.push({ section, key, value: trimmed, line });
      continue;
    }
    const split = /[=:]/.exec(trimmed)?.index ?? -1;
    // Scoped settings of npm begin with `@scope:` or `//host/:`, so there only `=` divides.
    const divider = /^(?:@|\/\/)/.test(trimmed) ? trimmed.indexOf("=") : split;
    const name = divider < 0 ? trimmed : trimmed.slice(0, divider);
    const value = divider < 0 ? "" : trimmed.slice(divider + 1).trim();
    found.push({ section, key: name.trim().toLowerCase(), value: unquoted(value), line });
  }
  return found;
}

const unquoted = (value: string): string =>
  value.length > 1 && /^["']/.test(value) && value.endsWith(value[0] ?? "") ? value.slice(1, -1) : value;
