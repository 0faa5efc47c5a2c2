import { addRepository } from "@sallyport/simulator/src/build/build.ts";
import { keyOf } from "../../../src/access/keys.ts";
import { auditReport } from "../../../src/access/report.ts";
import { repositoryId } from "../../../src/ids.ts";
import { afterEach, expect, test } from "../../support/jest.ts";
import { AT, asApp, askedFor, asPerson, closeTown, town } from "../support/town.ts";

afterEach(closeTown);

const RUNNERS = { organization_self_hosted_runners: "read" } as const;
const BOTH = { ...RUNNERS, administration: "read" } as const;
const OPERATION = "actions/get-fork-pr-contributor-approval-permissions-repository";
const at = ({ id }: { readonly id: number }) => keyOf(repositoryId(id));
const gaps = ({
  notChecked,
}: {
  readonly notChecked?: readonly { readonly what: string; readonly opensWith: unknown }[];
}) => notChecked?.flatMap(({ what, opensWith }) => (what.startsWith("which forks wait") ? [[what, opensWith]] : []));

/** The town with one private repository, and a self-hosted runner that works for public ones too. */
function withRunners(allowsPublic = true) {
  const place = town();
  place.relayer.visibility = "private";
  place.org.settings.runnerGroups.push({ id: 1, name: "Default", visibility: "all", repositoryIds: [], allowsPublic });
  place.org.settings.runners.push({ id: 1, groupId: 1, name: "builder" });
  return place;
}

test.each(["first_time_contributors_new_to_github", "first_time_contributors", "all_external_contributors"] as const)(
  "fork approvals: of a public repository with self-hosted runners the App reads %s",
  async (forkApproval) => {
    const place = withRunners();
    Object.assign(place.wallet.settings, { forkApproval });
    const snapshot = await asApp(place, BOTH, "organization");
    expect(snapshot.actions).toEqual([{ repository: at(place.wallet), forkApproval }]);
    expect([gaps(snapshot), askedFor(OPERATION)]).toEqual([[], 1]);
    const report = auditReport(snapshot, { previous: null, flags: [], lastActs: new Map(), dormantAfterDays: 180 });
    const levels = report.exposure.filter(({ kind }) => kind === "acc-fork-run-exposure").map(({ level }) => level);
    const level = { first_time_contributors_new_to_github: ["high"], first_time_contributors: ["medium"] };
    expect(levels).toEqual(forkApproval === "all_external_contributors" ? [] : level[forkApproval]);
    // What workflows do with a fork is another question.
    expect(report.notChecked.map(({ what }) => what)).toContain("workflows that publish or check forks out");
  },
);

test("fork approvals: where no self-hosted runner works for a public repository nobody asks", async () => {
  const snapshot = await asApp(withRunners(false), BOTH, "organization");
  expect([snapshot.actions, gaps(snapshot), askedFor(OPERATION)]).toEqual([undefined, [], 0]);
});

test("fork approvals: an App without the permission asks for nothing and says what opens it", async () => {
  const snapshot = await asApp(withRunners(), RUNNERS, "organization");
  expect([snapshot.actions, askedFor(OPERATION)]).toEqual([undefined, 0]);
  expect(gaps(snapshot)).toEqual([["which forks wait for approval", "Administration: read"]]);
});

test("fork approvals: what GitHub refuses of one repository is counted, and a failure is the whole's", async () => {
  const snapshot = await asApp(withRunners(), BOTH, "organization", { [OPERATION]: 404 });
  expect(snapshot.actions).toEqual([]);
  expect(gaps(snapshot)).toEqual([["which forks wait for approval (1 repositories)", "Administration: read"]]);
});

test("fork approvals: an outage is no refusal", async () => {
  await expect(asApp(withRunners(), BOTH, "organization", { [OPERATION]: 502 })).rejects.toThrow("upstream_error");
});

test("fork approvals: 50 repositories are asked about, and the others are counted", async () => {
  const place = withRunners();
  for (let more = 0; more < 51; more++)
    addRepository(place.world, { owner: place.org, name: `more-${more}`, createdAt: AT });
  const snapshot = await asApp(place, BOTH, "organization");
  expect([snapshot.actions?.length, askedFor(OPERATION)]).toEqual([50, 50]);
  expect(gaps(snapshot)).toEqual([["which forks wait for approval (2 repositories)", null]]);
});

test("fork approvals: an owner's token is asked too", async () => {
  const place = withRunners();
  const snapshot = await asPerson(place, "olga", "organization");
  expect(snapshot.actions).toEqual([{ repository: at(place.wallet), forkApproval: "first_time_contributors" }]);
});
