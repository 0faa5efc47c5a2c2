import { type Dependency, type Draft, dependency, draft, type Ecosystem } from "../contract.ts";
import { hashesOf } from "../integrity.ts";
import { REGISTRY, registryAt, sourceOf } from "../sources.ts";

const LINES_A_STEP = 512;

/** pip's lists: `requirements*.txt`, `constraints*.txt`, and those in a folder `requirements`. */
export const requirements: Ecosystem = {
  id: "pypi",
  reads: (path) =>
    /(?:^|\/)(?:[\w.-]*requirements[\w.-]*|[\w.-]*constraints[\w.-]*)\.(?:txt|in|pip)$|(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/i.test(
      path,
    )
      ? "manifest"
      : null,
  *read(_path, text) {
    const found = draft();
    let joined = "";
    let start = 1;
    for (const [index, written] of text.split("\n").entries()) {
      if (index % LINES_A_STEP === LINES_A_STEP - 1) yield;
      if (joined === "") start = index + 1;
      const line = written.replace(/\r$/, "");
      if (line.endsWith("\\") && joined.length < MAX_JOINED) {
        joined += `${line.slice(0, -1)} `;
        continue;
      }
      addLine(found, (joined + line).trim(), start);
      joined = "";
    }
    addLine(found, joined.trim(), start);
    // Blanks of its own line alone: with line feeds among them each empty line would be read to the end of all.
    if (!/^[^\S\n\r\u2028\u2029]*--require-hashes\b/m.test(text))
      found.weakened.push({
        setting: "no --require-hashes",
        grade: "medium",
        lets: "packages in without a hash",
        line: 1,
      });
    return found;
  },
};

/** Longest line put together from continued ones; a release has some dozens of hashes. */
const MAX_JOINED = 65_536;

function addLine(found: Draft, written: string, line: number): void {
  const bare = written.replace(/(?:^|\s)#.*$/, "").trim();
  if (bare === "") return;
  const option = /^(--?[\w-]+)(?:[\s=]+(.*))?$/.exec(bare);
  if (option && !/^(?:-e|--editable)$/.test(option[1] ?? "")) {
    addOption(found, SHORT.get(option[1] ?? "") ?? (option[1] ?? "").slice(2), option[2] ?? "", line);
    return;
  }
  const each = requirement(bare.replace(/^(?:-e|--editable)[\s=]+/, ""), line);
  if (each !== null) found.dependencies.push(each);
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ["-i", "index-url"],
  ["-f", "find-links"],
  ["-r", "requirement"],
  ["-c", "constraint"],
]);

/** What pip and uv call the same: another index, or a host whose certificate is not checked. */
export function addOption(found: Draft, key: string, value: string, line: number): void {
  if (value === "") return;
  if (/^(?:index-url|default-index|index-servers)$/.test(key) && /:\/\//.test(value))
    found.registries.push({ scope: "", source: registryAt(value), line });
  if (/^(?:extra-index-url|find-links)$/.test(key) && /:\/\//.test(value))
    found.registries.push({ scope: "+", source: registryAt(value), line });
  if (/^(?:r|requirement|c|constraint)$/.test(key.replace(/^-/, "")) && /:\/\//.test(value))
    found.dependencies.push(dependency({ name: "another list", source: { ...sourceOf(value), kind: "url" }, line }));
  if (key === "trusted-host")
    found.weakened.push({
      setting: `${key} ${value}`,
      grade: "high",
      lets: "anybody on the network stand in for this host",
      line,
    });
}

/** `name[extra]>=1 ; marker`, `name @ address`, an address with `#egg=name`, or a path. Null for what is none of them. */
export function requirement(written: string, line: number): Dependency | null {
  const integrity = [...written.matchAll(/--hash[=\s]\s*(\S+)/g)].flatMap(([, hash]) => hashesOf(hash ?? null));
  const bare = written.replace(/\s--hash[=\s].*$/, "").trim();
  const direct = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*@\s*(\S+)/.exec(bare);
  if (direct) return dependency({ name: direct[1] ?? "", source: sourceOf(direct[2] ?? ""), integrity, line });
  if (/^(?:[a-z+]+:\/\/|git@|\.{0,2}\/|\.{1,2}$|file:)/i.test(bare)) {
    const address = bare.split(/\s/)[0] ?? "";
    return dependency({
      name: /[#&]egg=([\w.-]+)/.exec(bare)?.[1] ?? address.slice(0, 100),
      source: sourceOf(address),
      integrity,
      line,
    });
  }
  const [, name, rest = ""] = /^([A-Za-z0-9][\w.-]*)(.*)$/.exec(bare) ?? [];
  if (name === undefined) return null;
  return dependency({ name, source: REGISTRY, version: rest.trim().slice(0, 200), integrity, line });
}
