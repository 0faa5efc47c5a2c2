import { packOf, shaOf } from "@sallyport/simulator/src/git/git-objects.ts";
import { signatureMadeUp } from "./made/made-signatures.ts";
import type { Random } from "./seeded-numbers.ts";

/** Runs git in the repository; gives what it printed. */
type Git = (args: readonly string[], input?: string | Buffer) => Buffer;

/** Commits of one pack, all of it in memory. */
const PACK_COMMITS = 20_000;

/** Writes the commits of `main` anew, signed where people and GitHub would have signed: fast-import cannot. */
export function signHistory(git: Git, random: Random): void {
  const ids = git(["rev-list", "--reverse", "--topo-order", "main"]);
  const objects = git(["cat-file", "--batch", "--buffer"], ids);
  const renamed = new Map<string, string>();
  let made: { readonly kind: "commit"; readonly data: Buffer }[] = [];
  let tip = "";
  const store = (): void => {
    git(["index-pack", "--stdin"], packOf(made));
    made = [];
  };
  for (const { id, text } of commitsIn(objects)) {
    const commit = { kind: "commit", data: Buffer.from(signed(text, renamed, random), "latin1") } as const;
    tip = shaOf(commit);
    renamed.set(id, tip);
    if (made.push(commit) === PACK_COMMITS) store();
  }
  store();
  git(["update-ref", "refs/heads/main", tip]);
}

/** What `cat-file --batch` prints: a line with id, kind and size, the object, a line end. Bytes as Latin-1. */
function* commitsIn(objects: Buffer): Generator<{ readonly id: string; readonly text: string }> {
  for (let at = 0; at < objects.length; ) {
    const end = objects.indexOf("\n", at);
    const [id = "", , size] = objects.toString("latin1", at, end).split(" ");
    const next = end + 1 + Number(size);
    yield { id, text: objects.toString("latin1", end + 1, next) };
    at = next + 1;
  }
}

function signed(text: string, renamed: ReadonlyMap<string, string>, random: Random): string {
  const headersEnd = text.indexOf("\n\n") + 1;
  const headers = text.slice(0, headersEnd).replace(/^parent (.*)$/gm, (_, id: string) => `parent ${renamed.get(id)}`);
  const [, committer = "", at] = /^committer (.*>) (\d+)/m.exec(headers) ?? [];
  return `${headers}${signatureMadeUp(committer, Number(at), random)}${text.slice(headersEnd)}`;
}
