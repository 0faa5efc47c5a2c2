/** Where the part ends that begins here: behind an empty line or more of them two by two, or at the end of the text. */
export const paragraphEnd = (text: string, from: number): number => endBehind(text, "\n\n", from);

/** The same of a line. */
export const lineEnd = (text: string, from: number): number => endBehind(text, "\n", from);

function endBehind(text: string, mark: string, from: number): number {
  const place = text.indexOf(mark, from);
  return place < 0 ? text.length : place + mark.length;
}

/** The first line that is none of those to be passed over; empty where there is none. */
export function firstLine(text: string, passedOver: RegExp): string {
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf("\n", from);
    const line = text.slice(from, feed < 0 ? undefined : feed);
    if (!passedOver.test(line)) return line;
    from = feed < 0 ? text.length : feed + 1;
  }
  return "";
}
