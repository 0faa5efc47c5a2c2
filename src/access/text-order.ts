/** Order of ids: decimal ids by their number, other labels by length and then text. */
export const compareIds = (a: string, b: string): number => a.length - b.length || compareText(a, b);

/** Order of code units: the same on every machine, unlike a locale's. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
