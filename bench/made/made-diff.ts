const KINDS = ["ts", "py", "go", "md", "json", "css"] as const;

/** Ordinary lines of code and prose, from seeded numbers; some 60 characters each. */
const line = (file: number, at: number): string => {
  const n = (file * 7_919 + at * 104_729) % 1_000_003;
  switch (n % 5) {
    case 0:
      return `  const value${n} = await readEntry("item-${n % 977}", { limit: ${n % 90} });`;
    case 1:
      return `  // What stands here is read once and handed on; entry ${n % 613}.`;
    case 2:
      return `    if (value${n % 331} === null || count > ${n % 17}) return result;`;
    case 3:
      return `The part ${n} is described in the guide, with an example below it.`;
    default:
      return `  result.push({ name: "name-${n}", url: "https://example.org/${n}" });`;
  }
};

/** A unified diff of so many files that adds up to about so many bytes; one file in three changes, the others are new. */
export function* madeDiff(files: number, bytes: number): Generator<string> {
  const lines = Math.max(4, Math.floor(bytes / files / 66));
  for (let file = 0; file < files; file += 1) {
    const path = `src/part-${file % 97}/file-${file}.${KINDS[file % KINDS.length]}`;
    yield file % 3 === 0 ? changed(path, file, lines) : added(path, file, lines);
  }
}

function added(path: string, file: number, count: number): string {
  const body = Array.from({ length: count }, (_, at) => `+${line(file, at)}\n`).join("");
  return `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${count} @@\n${body}`;
}

function changed(path: string, file: number, count: number): string {
  const half = Math.floor(count / 2);
  const of = (sign: string, from: number): string =>
    Array.from({ length: half }, (_, at) => `${sign}${line(file, from + at)}\n`).join("");
  return `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1,${half} +1,${half} @@\n${of("-", 0)}${of("+", half)}`;
}
