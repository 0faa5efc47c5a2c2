/** The only source of chance; made in `wire.ts`, seeded in tests. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** 128 random bits as base64url, 22 characters: a reference that says nothing about what it names. */
export const randomRef = (random: Random): string => Buffer.from(random.bytes(16)).toString("base64url");
