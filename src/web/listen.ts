import type { FastifyInstance } from "fastify";
import { InvalidInput } from "../errors.ts";

/** Where a server is to listen, and the variable that says the port, for whoever has to change it. */
export interface ListenOn {
  readonly host: string;
  readonly port: number;
  readonly variable: "PORT" | "OPERATIONS_PORT";
}

/** Listens, and gives the address. Throws InvalidInput when the operating system refuses the port. */
export async function listen(server: FastifyInstance, { host, port, variable }: ListenOn): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (error) {
    const refused = REFUSED[codeOf(error)];
    if (refused === undefined) throw error;
    const { what, mend } = refused;
    throw new InvalidInput([{ where: variable, what: `port ${port} of ${host} ${what}`, mend: mend(variable) }]);
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

const REFUSED: Readonly<Record<string, { readonly what: string; readonly mend: (variable: string) => string }>> = {
  EADDRINUSE: {
    what: "is in use",
    mend: (variable) => `end the program that listens there, or set ${variable} to another port`,
  },
  EACCES: {
    what: "is not open to this user",
    mend: (variable) => `set ${variable} to a port above 1023, and let a proxy stand before it`,
  },
};
