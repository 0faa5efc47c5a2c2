/**
 * A counter of lines for one reader that only goes forward: the 1-based line of a place. Looks at each line feed once,
 * however many places of one line are asked for.
 */
export function lineCounter(text: string): (place: number) => number {
  let line = 1;
  let feed = text.indexOf("\n");
  return (place) => {
    while (feed >= 0 && feed < place) {
      line += 1;
      feed = text.indexOf("\n", feed + 1);
    }
    return line;
  };
}
