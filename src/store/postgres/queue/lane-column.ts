import { type RawBuilder, sql } from "kysely";
import { DEEP_SCANS } from "../../../job/lane.ts";

/** The installation a lane belongs to, as SQL over a column; 0 for the program's own. */
export const installationOfLane = (column: string): RawBuilder<number> => {
  const lane = sql.ref(column);
  return sql<number>`abs(${lane}) % ${sql.lit(DEEP_SCANS)}`;
};
