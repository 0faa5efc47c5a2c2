import { busiestWindow } from "../busiest-window.ts";
import { clear, defineSignal, fired } from "../signal.ts";

export default defineSignal({
  id: "beh-pr-spray",
  axis: "P",
  family: "behaviour",
  title: "The account opened pull requests to many unrelated owners within a week",
  version: 25,
  weight: 2,
  queue: true,
  halfLifeDays: 60,
  windowDays: 7,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://github.com/microsoft/agent-governance-toolkit",
      says: "Its contributor check counts pull requests to five or more repositories within seven days.",
    },
    {
      url: "https://awesomeagents.ai/news/github-bans-500-agent-prs-72-hours/",
      says: "More than 130 pull requests were opened within 72 hours by one automated account.",
    },
  ],
  benign: [
    "A maintainer of a tool fixes the projects that use it.",
    "A yearly contribution event.",
    "A disclosed bot.",
  ],
  clears: "Say what the campaign is for and link it; after some months it no longer counts.",
  framing: "GitHub recorded who opened each pull request; nobody else can add to them.",
  needs: ["account.pullRequests"],
  detect({ "account.pullRequests": { recent } }) {
    const { ownerCount, until } = busiestWindow(recent, { days: WINDOW_DAYS, minOwnerCount: NONE_COUNT + 1 });
    if (ownerCount === 0) return clear;
    const strength = Math.log2(ownerCount / NONE_COUNT) / Math.log2(FULL_COUNT / NONE_COUNT);
    const fact = `The account opened pull requests to ${ownerCount} owners within ${WINDOW_DAYS} days.`;
    return fired([{ fact, tier: "PL", ...(until ? { at: until } : {}) }], { strength, at: until });
  },
});

const WINDOW_DAYS = 7;
/** Owners in a week: nothing up to 8, full strength at 64 (SIGNALS.md, beh-pr-spray). */
const NONE_COUNT = 8;
const FULL_COUNT = 64;
