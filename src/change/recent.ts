/** What was made of the last few texts, and would be made of them anew. */
export interface Recent<Value> {
  of(path: string, text: string): Value | undefined;
  keep(path: string, text: string, value: Value): void;
}

export function recent<Value>({ entries, maxChars }: { readonly entries: number; readonly maxChars: number }) {
  const kept = new Map<string, { readonly path: string; readonly value: Value }>();
  const known: Recent<Value> = {
    of(path, text) {
      const found = kept.get(text);
      return found?.path === path ? found.value : undefined;
    },
    keep(path, text, value) {
      if (text.length > maxChars) return;
      kept.delete(text);
      kept.set(text, { path, value });
      const [oldest] = kept.keys();
      if (kept.size > entries && oldest !== undefined) kept.delete(oldest);
    },
  };
  return known;
}
