import type { ReadList } from "./entry.ts";

export const FORMATS = ["stix", "csv", "trustdown"] as const satisfies readonly ReadList["format"][];

/** Which format a file is of, by its name, and else by how it begins. */
export function formatOf(name: string, text: string): ReadList["format"] {
  if (/\.td$/i.test(name)) return "trustdown";
  if (/\.csv$/i.test(name)) return "csv";
  if (/\.json$/i.test(name) || /^\ufeff?\s*[{[]/.test(text)) return "stix";
  const [first = ""] = text.split(/\r?\n/, 1);
  return /^\ufeff?"?(?:account_id|login|email|date|reason)\b/i.test(first) ? "csv" : "trustdown";
}
