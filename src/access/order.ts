import { VIAS } from "../dossier/role.ts";
import type { Grant } from "./grant.ts";
import { compareText } from "./text-order.ts";

/** Order of sources: kinds as `VIAS` lists them, then teams by name. */
export const compareSources = (a: Grant["via"], b: Grant["via"]): number =>
  VIAS.indexOf(a.kind) - VIAS.indexOf(b.kind) || compareText(a.team ?? "", b.team ?? "");
