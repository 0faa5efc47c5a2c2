import type { Archetype } from "./archetype.ts";
import { B2, B4, B5, B6, B7 } from "./benign/long-known.ts";
import { B3, B9, B10 } from "./benign/moved.ts";
import { B1, B8, C4 } from "./benign/newcomers.ts";
import { C1, C2, C3 } from "./controls/controls.ts";
import { M6, M10 } from "./malicious/bulk.ts";
import { M8, M9 } from "./malicious/changes.ts";
import { M2, PAINTINGS } from "./malicious/fabricated.ts";
import { M4, M4U } from "./malicious/operators.ts";
import { M3, M5 } from "./malicious/portfolio.ts";
import { M1, M11 } from "./malicious/taken-over.ts";

/** In the order of SIGNALS.md §5. */
export const ARCHETYPES: readonly Archetype[] = [
  ...[M1, M2, ...PAINTINGS, M3, M4, M4U, M5, M6, M8, M9, M10, M11],
  ...[B1, B2, B3, B4, B5, B6, B7, B8, B9, B10],
  ...[C1, C2, C3, C4],
];
