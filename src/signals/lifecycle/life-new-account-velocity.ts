import { daysBetween, type Instant } from "../../clock.ts";
import { busiestWindow, type Window } from "../busiest-window.ts";
import { clear, defineSignal, type Evidence, fired } from "../signal.ts";

export default defineSignal({
  id: "life-new-account-velocity",
  axis: "P",
  family: "lifecycle",
  title: "A new account made many repositories, or pull requests to many owners, in a short time",
  version: 48,
  weight: 1.5,
  queue: true,
  halfLifeDays: 365,
  windowDays: 14,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://github.com/microsoft/agent-governance-toolkit",
      says: "Its contributor check counts bursts of a new account and the pace at which it makes repositories.",
    },
    {
      url: "https://awesomeagents.ai/news/github-bans-500-agent-prs-72-hours/",
      says: "An automated account opened pull requests in many repositories within days.",
    },
  ],
  benign: [
    "A course or bootcamp with a repository per exercise.",
    "An organisation's work moved to a new account.",
    "A keen newcomer.",
  ],
  clears: "Time clears it; so does saying what the work belongs to.",
  framing: "GitHub recorded the account's own acts; nobody else can add to them.",
  needs: ["account.profile", "account.repositories", "account.pullRequests"],
  detect({
    "account.profile": { createdAt },
    "account.repositories": repositories,
    "account.pullRequests": { recent },
    asOf,
  }) {
    if (daysBetween(createdAt, asOf) >= MAX_AGE_DAYS) return clear;
    const owned = repositories.ownedCount - repositories.forkCount;
    const reach = busiestWindow(recent, { days: MAX_WINDOW_DAYS, minOwnerCount: MIN_OWNER_COUNT });
    const strength = Math.max(pace(owned, MIN_REPOSITORY_COUNT), pace(reach.ownerCount, MIN_OWNER_COUNT));
    return strength === 0 ? clear : fired(evidence(owned, reach), { strength, at: lastAct(owned, reach) });
  },
});

const MAX_AGE_DAYS = 90;
const MAX_WINDOW_DAYS = 14;
/** Forks left out: GitHub makes one for every outside pull request. */
const MIN_REPOSITORY_COUNT = 20;
const MIN_OWNER_COUNT = 10;
/** Repositories or owners that give full strength. */
const FULL_COUNT = 40;

/** 0 below `start`, then logarithmic from half of it to 1 at 40. */
function pace(count: number, start: number): number {
  return count < start ? 0 : Math.min(1, Math.log2(count / (start / 2)) / Math.log2(FULL_COUNT / (start / 2)));
}

function evidence(owned: number, reach: Window): readonly Evidence[] {
  const found: Evidence[] = [];
  if (owned >= MIN_REPOSITORY_COUNT)
    found.push({
      fact: `The account is less than ${MAX_AGE_DAYS} days old and owns ${owned} repositories that are not forks.`,
      tier: "PL",
    });
  if (reach.ownerCount >= MIN_OWNER_COUNT)
    found.push({
      fact: `The account is less than ${MAX_AGE_DAYS} days old and opened pull requests to ${reach.ownerCount} owners within ${MAX_WINDOW_DAYS} days.`,
      tier: "PL",
      ...(reach.until ? { at: reach.until } : {}),
    });
  return found;
}

/** Repositories are owned now; only pull requests alone have a last one from which they fade. */
const lastAct = (owned: number, reach: Window): Instant | null => (owned >= MIN_REPOSITORY_COUNT ? null : reach.until);
