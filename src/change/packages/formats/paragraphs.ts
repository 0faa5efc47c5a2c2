type Places = readonly (readonly [from: number, to: number])[];

/** The parts of a text between its empty lines, each with the feeds behind it; put together they are the text. */
export const paragraphs = (text: string): Places => partsAt(text, "\n\n");

/** The same of its lines. */
export const lines = (text: string): Places => partsAt(text, "\n");

function partsAt(text: string, mark: string): Places {
  const places: [number, number][] = [];
  for (let from = 0; from < text.length; ) {
    const place = text.indexOf(mark, from);
    const to = place < 0 ? text.length : place + mark.length;
    places.push([from, to]);
    from = to;
  }
  return places;
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
