/** How often each of several values was used. */
export type Counts<Value> = Map<Value, number>;

export function addTo<Value>(counts: Counts<Value>, value: Value, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count);
}

/** The value used most, if at least half of all uses are its and no other has as many; else null. */
export function usualOf<Value>(counts: Counts<Value>): Value | null {
  let usual: Value | null = null;
  let most = 0;
  let all = 0;
  for (const [value, count] of counts) {
    all += count;
    if (count > most) usual = value;
    else if (count === most) usual = null;
    most = Math.max(most, count);
  }
  return 2 * most >= all ? usual : null;
}
