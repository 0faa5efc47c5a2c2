import { pushToBranch } from "../build/build-push.ts";
import { addedFile } from "../build/build-work.ts";
import { memberWebhook } from "../payload/member.ts";
import { organizationMemberWebhook, teamWebhook } from "../payload/organization.ts";
import { checkSuiteRequestedWebhook } from "../payload/push.ts";
import type { User } from "../world/world.ts";
import type { Cast } from "./cast.ts";
import { SENDING_WORKFLOW } from "./prepared-changes.ts";
import { NOTHING, type Step } from "./step.ts";

/** A maintainer gives somebody from outside write on the relayer. */
export function grant(
  member: User,
  { relayer, secondMaintainer: sender }: Cast,
  words: Pick<Step, "id" | "title" | "tells">,
): Step {
  return {
    ...words,
    async play(simulator) {
      relayer.direct.set(member.id, "write");
      const about = { repository: relayer, member, sender, action: "added", to: "write" } as const;
      const delivery = await simulator.deliver(memberWebhook(simulator.stage, about));
      return { repository: relayer, pullRequest: null, accountId: member.id, delivery };
    },
  };
}

/** A team that somebody was taken into gets one more repository: nobody is named by it. */
export const teamGrant = (cast: Cast): Step => ({
  id: "team-grant",
  title: "Its team is given one more repository",
  tells:
    "The account that came back was taken into the organisation and the night watch, and the team now writes to the " +
    "wallet too: a door that nobody opened for it by name.",
  async play({ stage }) {
    const { organization, returned, wallet, secondMaintainer: sender } = cast;
    const team = organization.teams.find(({ name }) => name === "Night watch");
    if (team === undefined) throw new Error("the cast has no night watch");
    organization.members.add(returned.id);
    team.members.add(returned.id);
    team.repositories.set(wallet.id, "write");
    const about = { organization, sender } as const;
    return {
      ...{ ...NOTHING, repository: wallet, accountId: returned.id },
      toldOf: [
        organizationMemberWebhook(stage, { ...about, member: returned, action: "member_added" }),
        teamWebhook(stage, { ...about, team, action: "added_to_repository", repository: wallet }),
      ],
    };
  },
});

/** The same workflow, pushed into every repository with a token that was stolen. */
export const push = (cast: Cast): Step => ({
  id: "push",
  title: "A workflow is pushed past everybody",
  tells:
    "At night a stolen token pushes the same workflow into all three repositories. No pull request, nobody reviewed it, " +
    "and it sends what the runner knows elsewhere.",
  async play({ world, stage }, at) {
    const files = [addedFile(".github/workflows/format.yml", SENDING_WORKFLOW)];
    const pushes = [cast.wallet, cast.relayer, cast.docs].map((repository) =>
      pushToBranch(world, repository, { author: cast.secondMaintainer, at, message: "Update formatting", files }),
    );
    return { ...NOTHING, toldOf: pushes.map((push) => checkSuiteRequestedWebhook(stage, push)) };
  },
});
