import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Every process sees when what it remembers of somebody's rights is void. */
export const rightsGeneration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table installation add column rights_generation integer not null default 0`.execute(db);
  },
};
