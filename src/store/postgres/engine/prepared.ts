import { type PGlite, parse, protocol, type Results } from "@electric-sql/pglite";

/** Runs statements, one at a time: whoever runs one waits for the end of the one before. */
export interface Statements {
  /** One without parameters and rows. */
  runBare(text: string): Promise<void>;
  /** One with a value for each `$1`, parsed the first time only. */
  run(text: string, values: readonly unknown[]): Promise<Results>;
}

/**
 * Sends each statement as one message and keeps it prepared, as a server's clients do. PGlite's own `query` parses it
 * anew and sends it in six: twice the work for most, five times for the shortest.
 */
export function preparedStatements(pglite: PGlite): Statements {
  const prepared = new Map<string, Prepared>();
  /** Sent with the next statement that is prepared, and not after an error, which may be the database's last. */
  const closing: Uint8Array[] = [];
  let count = 0;

  const forget = (text: string, name: string): void => {
    prepared.delete(text);
    closing.push(serialize.close({ type: "S", name }));
  };

  const prepare = async (text: string): Promise<Prepared> => {
    const [oldest] = prepared;
    if (prepared.size >= MAX_PREPARED && oldest) forget(oldest[0], oldest[1].name);
    count += 1;
    const name = `prepared_${count}`;
    const parts = [...closing.splice(0), serialize.parse({ name, text }), serialize.describe({ type: "S", name })];
    return { name, types: parse.parseDescribeStatementResults(await send(pglite, parts)) };
  };

  const asText = (value: unknown, type = 0): string | null => {
    if (value === null || value === undefined) return null;
    return pglite.serializers[type]?.(value) ?? String(value);
  };

  return {
    async runBare(text) {
      await pglite.execProtocol(serialize.query(text), NO_SYNC);
    },
    async run(text, values) {
      const { name, types } = prepared.get(text) ?? (await prepare(text));
      // Put in anew, the map is in the order of last use.
      prepared.delete(text);
      prepared.set(text, { name, types });
      try {
        const bind = serialize.bind({ statement: name, values: values.map((value, i) => asText(value, types[i])) });
        const messages = await send(pglite, [bind, serialize.describe({ type: "P" }), serialize.execute({})]);
        const [results = NOTHING] = parse.parseResults(messages, pglite.parsers);
        return results;
      } catch (error) {
        // A statement that fails may fail for what it was prepared with: a table that has changed since.
        forget(text, name);
        throw error;
      }
    },
  };
}

interface Prepared {
  readonly name: string;
  /** PostgreSQL's type id of each value. */
  readonly types: readonly number[];
}

const { serialize } = protocol;
const NOTHING: Results = { rows: [], fields: [] };

/** Above what this program has; texts whose lists have different lengths are different ones. */
const MAX_PREPARED = 300;

/** The file systems in use write at once: in memory, or into the file. */
const NO_SYNC = { syncToFs: false };

async function send(pglite: PGlite, parts: readonly Uint8Array[]): Promise<Messages> {
  const { messages } = await pglite.execProtocol(Buffer.concat([...parts, serialize.sync()]), NO_SYNC);
  return messages;
}

type Messages = Parameters<typeof parse.parseResults>[0];
