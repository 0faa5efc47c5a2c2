/** How many characters two texts have in common from their start on; found by halves, so that no character is looked at alone. */
export function sharedStart(one: string, other: string): number {
  let [low, high] = [0, Math.min(one.length, other.length)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (one.slice(low, middle) === other.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The same from their ends, of what is left of both behind `head` characters. */
export function sharedEnd(one: string, other: string, head: number): number {
  const [a, b] = [one.length, other.length];
  let [low, high] = [0, Math.min(a, b) - head];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (one.slice(a - middle, a - low) === other.slice(b - middle, b - low)) low = middle;
    else high = middle - 1;
  }
  return low;
}
