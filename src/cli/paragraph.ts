import { WIDTH, wrap } from "./layout.ts";
import { printable } from "./printable.ts";

/** Text that others may have written, wrapped to the page behind a first indent, later lines under the text. */
export function paragraph(text: string, indent: string): readonly string[] {
  const lines = wrap(printable(text), WIDTH - indent.length);
  return lines.map((line, index) => `${index === 0 ? indent : " ".repeat(indent.length)}${line}`);
}
