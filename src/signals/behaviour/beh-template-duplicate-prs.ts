import type { PublicText } from "../../dossier/public-texts.ts";
import { clear, type Detection, defineSignal, fired, unknown } from "../signal.ts";
import { busiestTexts, outside, type TextWindow, TOO_FEW } from "../text-windows.ts";

export default defineSignal({
  id: "beh-template-duplicate-prs",
  axis: "P",
  family: "behaviour",
  title: "The account opened nearly equal pull requests to several owners within a month",
  version: 12,
  core: true,
  weight: 3,
  queue: true,
  halfLifeDays: 60,
  windowDays: 30,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://securityv0.pages.dev/intelligence/2026-04-26-prt-scan-pull-request-target-campaign/",
      says: "Six accounts opened more than 500 pull requests under one title, to have workflows run what they brought.",
    },
    {
      url: "https://github.com/peakoss/anti-slop",
      says: "Closes pull requests that fail several of its rules on title, description and template.",
    },
  ],
  benign: [
    "The same mend for many projects: a licence header, pinned actions, a renamed option.",
    "A translation drive or an event that hands out its own text.",
    "A template that several projects share, with little written into it.",
  ],
  clears: "Say what the campaign is for and link the issue that coordinates it; it counts for a fifth then.",
  framing:
    "GitHub recorded who opened each pull request. Its title and text count only where nobody else changed them, so that whoever edits or renames another's pull request takes it out of this.",
  needs: ["account.texts"],
  detect({ "account.texts": { texts } }) {
    const opened = outside(texts, "pull_request");
    if (opened.length < MIN_COUNT) return unknown(TOO_FEW);
    const found = [...Map.groupBy(opened.filter(isAlike), ({ alike }) => alike).values()].flatMap(inWindow);
    const most = found.toSorted(strongestFirst)[0];
    return most === undefined ? clear : said(most);
  },
});

const MIN_COUNT = 5;
const MIN_OWNERS = 4;
const WINDOW_DAYS = 30;
/** What it is worth at so many pull requests; between them by the logarithm (SIGNALS.md, beh-template-duplicate-prs). */
const STEPS = [
  [MIN_COUNT, 0.4],
  [20, 0.8],
  [50, 1],
] as const;
const DISCLOSED_SHARE = 0.2;

interface Repeated {
  readonly window: TextWindow;
  readonly strength: number;
  readonly disclosed: boolean;
}

const isAlike = ({ alike }: PublicText): boolean => alike !== undefined;

function inWindow(group: readonly PublicText[]): readonly Repeated[] {
  const wanted = { days: WINDOW_DAYS, minTexts: MIN_COUNT, minOwners: MIN_OWNERS, by: "textCount" } as const;
  const window = busiestTexts(group, wanted);
  if (window === null) return [];
  const disclosed = group.every(({ marks = [] }) => marks.includes("campaign") || marks.includes("automation"));
  return [{ window, disclosed, strength: worth(window.textCount) * (disclosed ? DISCLOSED_SHARE : 1) }];
}

/** Whatever the order of the texts, the same one leads. */
const strongestFirst = (a: Repeated, b: Repeated): number =>
  b.strength - a.strength || b.window.until.localeCompare(a.window.until) || b.window.ownerCount - a.window.ownerCount;

function worth(count: number): number {
  for (const [index, [from, low]] of STEPS.entries()) {
    const [to, high] = STEPS[index + 1] ?? [from, low];
    if (count < to) return low + ((high - low) * Math.log2(count / from)) / Math.log2(to / from);
  }
  return 1;
}

function said({ window: { textCount, ownerCount, until }, strength, disclosed }: Repeated): Detection {
  const told = disclosed ? " Each of them says what it belongs to, or that a program wrote it." : "";
  const fact = `Within ${WINDOW_DAYS} days the account opened ${textCount} pull requests with nearly the same title and text to ${ownerCount} owners.${told}`;
  return fired([{ fact, tier: "PL", at: until }], { strength, at: until });
}
