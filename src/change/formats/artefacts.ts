/** What a published campaign left in the repositories that it wrote to. */
export interface Artefact {
  /** The campaign as its report calls it, for the sentence. */
  readonly campaign: string;
  /** Files that count; every file when absent. */
  readonly where?: RegExp;
  /** A path, as file systems fold it, that by itself is the artefact. */
  readonly path?: RegExp;
  /** Texts that lines of one file hold together: one of these sets, whole. */
  readonly texts: readonly (readonly string[])[];
}

// Copied from published reports, 2026-11-30; the signal names them. Only what no other program would write stands here:
// a name that somebody could choose counts in the one place where the campaign put it.
export const ARTEFACTS: readonly Artefact[] = [
  {
    campaign: "PolinRider",
    texts: [["rmcej%otb%"], ["global['!']", "2857687"], ["_$_1e42", "2667686"]],
  },
  {
    campaign: "Shai-Hulud",
    path: /^\.github\/workflows\/shai-hulud(?:-workflow)?\.ya?ml$/i,
    texts: [],
  },
  {
    campaign: "Shai-Hulud 2.0",
    path: /(?:^|\/)bun_environment\.js$/,
    where: /(?:^|\/)package\.json$/,
    texts: [["setup_bun.js"], ["bun_environment.js"]],
  },
  {
    campaign: "Shai-Hulud 2.0",
    where: /^\.github\/workflows\/[^/]+\.ya?ml$/i,
    texts: [["SHA1HULUD"]],
  },
];
