import type { Tlp } from "../entry.ts";
import { TLPS } from "../entry.ts";
import type { StixObject } from "./object.ts";

/** Ids under which OASIS published the marks of TLP 2.0, and those of STIX itself, which are of TLP 1. */
export const TLP_MARKS: Readonly<Record<Tlp, readonly string[]>> = {
  clear: ["94868c89-83c2-464b-929b-a1a8aa3c8487", "613f2e26-407d-48c7-9eca-b8e91df99dc9"],
  green: ["bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "34098fce-860f-48ae-8e50-ebd3cc5e41da"],
  amber: ["55d920b0-5e8b-4f79-9ee9-91f868d9b421", "f88d31f6-486f-44da-b317-01333bde0b82"],
  "amber+strict": ["939a9414-2ddd-4d32-a0cd-375ea402b003"],
  red: ["e828b379-4e03-4974-9ac4-e53a884c97c1", "5e57c739-391a-4eb3-b6be-7d15ca92d5ed"],
};

/** The strictest mark of an object; null for none. What is marked in a way nobody knows is red: nobody said it may leave. */
export function tlpOf(
  { object_marking_refs: marks = [] }: StixObject,
  byId: ReadonlyMap<string, StixObject>,
): Tlp | null {
  const said = marks.flatMap((mark): readonly Tlp[] => {
    const published = TLPS.find((tlp) => TLP_MARKS[tlp].some((id) => mark === `marking-definition--${id}`));
    return published ? [published] : markOf(mark, byId);
  });
  return TLPS.findLast((tlp) => said.includes(tlp)) ?? null;
}

/** A mark of the bundle's own: a colour, a statement, which limits nothing here, or something that is not in the file. */
function markOf(mark: string, byId: ReadonlyMap<string, StixObject>): readonly Tlp[] {
  const object = byId.get(mark);
  if (object === undefined) return ["red"];
  const own = Object.values(object.extensions ?? {}).map(({ tlp_2_0: colour }) => colour);
  const word = [object.definition?.tlp, ...own].find((each) => typeof each === "string")?.toLowerCase();
  if (word === undefined) return object.definition_type === "statement" ? [] : ["red"];
  return [TLPS.find((tlp) => tlp === word.replace("white", "clear")) ?? "red"];
}
