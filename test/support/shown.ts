import type { Sighting } from "@sallyport/simulator/src/sightings.ts";
import type { PullRequest, User } from "@sallyport/simulator/src/world/world.ts";

/** What others saw of one of somebody's acts here. */
export interface Shown {
  /** In the organisation's repositories, in order. */
  readonly here: readonly string[];
  /** At the person's own repositories: how many of which kind, as several are asked at once. */
  readonly own: readonly string[];
}

/** What others saw of it: whose and which it was is taken out. */
export function shown(sightings: readonly Sighting[], person: User, pullRequests: readonly PullRequest[]): Shown {
  const names = new Map(
    pullRequests.flatMap(({ number, commits }, index) => [
      [`/issues/${number}/`, `/issues/PR${index}/`],
      ...commits.map(({ sha }, at) => [sha, `HEAD${index}.${at}`]),
    ]) as [string, string][],
  );
  const all = sightings.map(({ act, place, body }) => {
    const text = `${act} ${place} ${body}`
      .replace(/\/repos\/org-\d+\//, "/repos/ORG/")
      .replace(/"(external_id|details_url)":"[^"]+"/g, '"$1":"RANDOM"')
      .replaceAll(`${person.login}/`, "SELF/");
    // Own repositories have names of their own; how many, how often and in which order is what shows.
    return [...names].reduce((said, [from, to]) => said.replaceAll(from, to), text).replace(/SELF\/\S+/, "SELF/OWN");
  });
  const isGit = (act: string): boolean => act.startsWith("git/");
  return { here: all.filter((act) => !isGit(act)), own: all.filter(isGit).sort() };
}
