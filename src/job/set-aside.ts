import { UNEXPECTED } from "./outcome.ts";

/** Why a job or a delivery is set aside that ended the process again and again. */
export const CRASHED = "crashed";

/** Why a message is set aside. */
export const REFUSED = "destination_refused";

const BY_GITHUB = "GitHub failed at it for three days while it answered everything else.";

/** Why work was given up, in plain words; the key is what the store keeps. */
const WHY: ReadonlyMap<string, string> = new Map([
  [UNEXPECTED, "Sallyport made a mistake each time; its log names the place."],
  [CRASHED, "The process ended again and again while it ran, in the end with nothing beside it."],
  ["validation", "GitHub refused it as invalid while it answered everything else."],
  ["timeout", BY_GITHUB],
  ["upstream_error", BY_GITHUB],
  ["conflict", BY_GITHUB],
  ["github_unreachable", BY_GITHUB],
  [REFUSED, "Where the message was to go refused it. For the operator: `sallyport notify test` says why."],
]);

export const whySetAside = (because: string): string => WHY.get(because) ?? "An earlier release gave it up.";

/** What a circuit waits for, in plain words. */
export const whyOpen = (because: string): string =>
  because === "installation_suspended" ? "the App is suspended there" : "GitHub does not answer, or refuses everything";
