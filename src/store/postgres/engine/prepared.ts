import { type PGlite, parse, protocol } from "@electric-sql/pglite";

/** What a statement gave: its rows, and how many rows it changed. */
interface Given {
  readonly rows: readonly unknown[];
  readonly affectedRows?: number;
}

/** How the embedded database is asked. One statement at a time: whoever asks waits for the answer before. */
export interface Asked {
  /** A statement without parameters and rows. */
  bare(text: string): Promise<void>;
  /** A statement with one value for each `$1`, parsed the first time only. */
  run(text: string, values: readonly unknown[]): Promise<Given>;
}

/**
 * Sends each statement as one message and keeps it prepared, as a server's clients do. PGlite's own `query` parses it
 * anew and sends it in six: twice the work for most, five times for the shortest.
 */
export function askPrepared(pglite: PGlite): Asked {
  const prepared = new Map<string, Prepared>();
  let count = 0;

  const prepare = async (text: string): Promise<Prepared> => {
    count += 1;
    const name = `prepared_${count}`;
    const messages = await send(pglite, serialize.parse({ name, text }), serialize.describe({ type: "S", name }));
    return { name, types: parse.parseDescribeStatementResults(messages) };
  };

  const forget = async (text: string): Promise<void> => {
    const name = prepared.get(text)?.name;
    prepared.delete(text);
    if (name !== undefined) await send(pglite, serialize.close({ type: "S", name }));
  };

  return {
    bare: async (text) => {
      await pglite.execProtocol(serialize.query(text), IN_MEMORY);
    },
    async run(text, values) {
      const { name, types } = prepared.get(text) ?? (await prepare(text));
      // Put in anew, the map is in the order of last use.
      prepared.delete(text);
      prepared.set(text, { name, types });
      const [oldest] = prepared.keys();
      if (prepared.size > MAX_PREPARED && oldest !== undefined) await forget(oldest);
      try {
        const bound = serialize.bind({ statement: name, values: values.map((value, i) => asText(value, types[i])) });
        const messages = await send(pglite, bound, serialize.describe({ type: "P" }), serialize.execute({}));
        const [given = { rows: [] }] = parse.parseResults(messages, pglite.parsers);
        return given;
      } catch (error) {
        // A statement that fails may fail for what it was prepared with: a table that has changed since.
        await forget(text);
        throw error;
      }
    },
  };

  function asText(value: unknown, type = 0): string | null {
    if (value === null || value === undefined) return null;
    return pglite.serializers[type]?.(value) ?? String(value);
  }
}

interface Prepared {
  readonly name: string;
  /** PostgreSQL's type id of each value. */
  readonly types: readonly number[];
}

const { serialize } = protocol;

/** Above what this program has; texts whose lists have different lengths are different ones. */
const MAX_PREPARED = 300;

/** The file systems in use have nothing to write afterwards: what is written is in the file. */
const IN_MEMORY = { syncToFs: false };

async function send(pglite: PGlite, ...parts: readonly Uint8Array[]): Promise<Messages> {
  const { messages } = await pglite.execProtocol(Buffer.concat([...parts, serialize.sync()]), IN_MEMORY);
  return messages;
}

type Messages = Parameters<typeof parse.parseResults>[0];
