import { exposureOf, switchesFor } from "../../../decision/exposure.ts";
import { InvalidInput } from "../../../errors.ts";
import { KEYS } from "../../../policy/keys.ts";
import { nearest } from "../../../policy/nearest.ts";
import { DEFAULT_POLICY, type Policy } from "../../../policy/policy.ts";
import { type Args, defineCommand, type Io } from "../../command.ts";
import { problem } from "../../graph/source.ts";
import { EXIT } from "../../run.ts";
import { show } from "../../show.ts";
import { readPolicyFile } from "../policy/validate.ts";
import { exposureText } from "./text.ts";

type Answers = Policy["exposure"];
const QUESTIONS = Object.keys(KEYS.exposure) as readonly (keyof Answers)[];

const options = {
  yes: { type: "string", multiple: true },
  none: { type: "boolean" },
  policy: { type: "string" },
  json: { type: "boolean" },
} as const;
type Given = Args<typeof options>;

/** `sallyport exposure`: the seven questions, what they come to, and what lowers each. No request. */
export const exposure = defineCommand({
  name: "exposure",
  usage: `  sallyport exposure [--yes KEY,... | --none | --policy FILE] [--json]

Asks seven questions about the organisation and says how much of a target it is,
what that means for evidence about accounts, and for each yes what to set on
GitHub and here. Nothing is sent or kept. On a terminal it asks; elsewhere give
the answers. Of a policy file it reads the section exposure, and what is not
written there counts as its default.

  --yes KEY,...   keys that are answered with yes, all others with no:
                  ${QUESTIONS.slice(0, 2).join(", ")},
                  ${QUESTIONS.slice(2, 5).join(", ")},
                  ${QUESTIONS.slice(5).join(", ")}
  --none          all seven answered with no
  --policy FILE   the answers that stand in a policy file, - for standard input
  --json          sallyport.exposure/1

Examples
  sallyport exposure
  sallyport exposure --yes pays_bounties,pays_in_crypto
  sallyport exposure --policy .github/sallyport.yml --json`,
  options,
  async run(args, io) {
    const found = exposureOf(await answersOf(args, io));
    const switches = switchesFor(found).flatMap((each) =>
      each.switches.map((one) => ({ question: each.question, ...one })),
    );
    if (args.values.json)
      io.stdout.write(`${JSON.stringify({ schema: "sallyport.exposure/1", ...found, switches }, null, 2)}\n`);
    else show(io.stdout, `${exposureText(found, io.stdout.strong)}\n`);
    return EXIT.done;
  },
});

async function answersOf({ values, positionals }: Given, io: Io): Promise<Answers> {
  const given = [values.yes, values.none, values.policy].filter((each) => each !== undefined);
  if (positionals.length > 0)
    throw new InvalidInput([problem("sallyport exposure", "takes no argument", "leave it out")]);
  if (given.length > 1)
    throw new InvalidInput([
      problem("sallyport exposure", "answers from several places", "give --yes, --none or --policy"),
    ]);
  if (values.policy !== undefined) {
    const { file } = await readPolicyFile(values.policy, io);
    return { ...DEFAULT_POLICY.exposure, ...written(file.exposure) };
  }
  return given.length === 0 ? asked(io) : yesTo(new Set((values.yes ?? []).flatMap(keysIn)));
}

const written = (
  answers: Partial<{ readonly [Question in keyof Answers]: boolean | undefined }> = {},
): Partial<Answers> => Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== undefined));

function keysIn(list: string): readonly (keyof Answers)[] {
  return list.split(",").map((name) => {
    const found = QUESTIONS.find((question) => question === name.trim());
    if (found !== undefined) return found;
    const near = nearest(name.trim(), QUESTIONS);
    const mend = near === null ? `the keys are ${QUESTIONS.join(", ")}` : `did you mean ${near}?`;
    throw new InvalidInput([problem("--yes", `no question "${name.trim()}"`, mend)]);
  });
}

const yesTo = (yes: ReadonlySet<keyof Answers>): Answers => ({
  ...DEFAULT_POLICY.exposure,
  ...Object.fromEntries(QUESTIONS.map((question) => [question, yes.has(question)])),
});

/** One question after the other; what is neither yes nor no is asked again. */
async function asked(io: Io): Promise<Answers> {
  const yes = new Set<keyof Answers>();
  for (const [index, question] of QUESTIONS.entries())
    for (let answer: boolean | null = null; answer === null; ) {
      const usual = DEFAULT_POLICY.exposure[question];
      const text = await io.ask(
        `${index + 1}/${QUESTIONS.length} ${KEYS.exposure[question].about} ${usual ? "[Y/n]" : "[y/N]"} `,
      );
      if (text === null)
        throw new InvalidInput([
          problem(
            "sallyport exposure",
            "nobody at a terminal answers",
            "give the answers with --yes, --none or --policy",
          ),
        ]);
      answer = meant(text, usual);
      if (answer) yes.add(question);
    }
  return yesTo(yes);
}

function meant(text: string, usual: boolean): boolean | null {
  const word = text.trim().toLowerCase();
  if (word === "") return usual;
  return /^y(?:es)?$/.test(word) ? true : /^no?$/.test(word) ? false : null;
}
