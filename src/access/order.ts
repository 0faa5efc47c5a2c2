import { VIAS } from "../dossier/role.ts";
import type { Grant } from "./grant.ts";

/** Order of ids: decimal ids by their number, other labels by length and then text. */
export const compareIds = (a: string, b: string): number => a.length - b.length || compareText(a, b);

/** Order of code units: the same on every machine, unlike a locale's. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Order of sources: kinds as `VIAS` lists them, then teams by name. */
export const compareSources = (a: Grant["via"], b: Grant["via"]): number =>
  VIAS.indexOf(a.kind) - VIAS.indexOf(b.kind) || compareText(a.team ?? "", b.team ?? "");
