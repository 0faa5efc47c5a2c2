import { rememberRows } from "../../support/database.ts";
import { afterAll, beforeAll, beforeEach } from "../../support/jest.ts";
import { openTestSite, type TestSite } from "./desk.ts";
import { NOW } from "./reports.ts";

/**
 * One site for all tests of a file: each begins with the rows of the story, and in a minute of its own, because what
 * pages may ask of GitHub in one minute is tested elsewhere.
 */
export function storySite(prepare: (site: TestSite) => void = () => {}): {
  site(): TestSite;
  nextMinute(): void;
} {
  let opened: TestSite | null = null;
  let backToTheStory = async (): Promise<void> => {};
  let minute = 0;
  const site = (): TestSite => {
    if (opened === null) throw new Error("the site opens before the first test");
    return opened;
  };
  const nextMinute = (): void => {
    minute += 1;
    site().clock.set(new Date(Date.parse(NOW) + minute * 61_000).toISOString());
  };
  beforeAll(async () => {
    opened = await openTestSite();
    prepare(opened);
    backToTheStory = await rememberRows(opened.database);
  });
  afterAll(() => site().close());
  beforeEach(async () => {
    nextMinute();
    await backToTheStory();
  });
  return { site, nextMinute };
}
