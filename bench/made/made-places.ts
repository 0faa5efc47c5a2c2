/** Where made people live: minutes east of UTC in winter, and from which day of the year to which it is summer. */
export interface MadePlace {
  readonly winter: number;
  readonly summer: readonly [begins: number, ends: number] | null;
}

export const PLACES = [
  { winter: 60, summer: [88, 302] },
  { winter: 0, summer: [88, 302] },
  { winter: -300, summer: [72, 309] },
  { winter: -480, summer: [72, 309] },
  { winter: 330, summer: null },
  { winter: 480, summer: null },
  { winter: 540, summer: null },
  { winter: -180, summer: null },
  { winter: 180, summer: null },
] as const satisfies readonly MadePlace[];

const DAY = 86_400;
const YEAR = 365.25 * DAY;

/** Minutes east of UTC of the clocks there then, an hour more in summer. */
export function minutesAt({ winter, summer }: MadePlace, at: number): number {
  const day = (at % YEAR) / DAY;
  return summer && day >= summer[0] && day < summer[1] ? winter + 60 : winter;
}
