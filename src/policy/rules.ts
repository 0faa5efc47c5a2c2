/** How a repository's file may change what the organisation's says of one key. */
export interface Rule<T> {
  /** What is in force when the organisation says `base` and the repository asks for `asked`: never looser than `base`. */
  tighter(base: T, asked: T): T;
  /** True when part of what is asked is not given. */
  refuses(base: T, asked: T): boolean;
  /** Why what is refused is not given. */
  readonly refusal: string;
  /** The rule in a sentence, for who asked for more and for the documentation. */
  readonly mend: string;
}

const LOOSER = "looser than the organisation's rule, so it is ignored";

/** What is asked counts when it is not looser. */
const unless = <T>(looser: (asked: T, base: T) => boolean, mend: string): Rule<T> => ({
  tighter: (base, asked) => (looser(asked, base) ? base : asked),
  refuses: (base, asked) => looser(asked, base),
  refusal: LOOSER,
  mend,
});

/** For values in an order from loose to tight. */
export const onlyForward = <const T>(order: readonly T[], mend: string): Rule<T> =>
  unless((asked, base) => order.indexOf(asked) < order.indexOf(base), mend);

export const lower = unless<number>((asked, base) => asked > base, "a repository may only lower it");
export const higher = unless<number>((asked, base) => asked < base, "a repository may only raise it");

/** For a name that is null while nobody gave one. */
export const firstNamed = unless<string | null>(
  (asked, base) => base !== null && asked !== base,
  "a repository may name a label only where the organisation names none",
);

/** For what no reader takes from a repository's file. */
export const organizationAlone = (mend: string) => ({
  tighter: <T>(base: T): T => base,
  refuses: (base: unknown, asked: unknown): boolean => asked !== base,
  refusal: "for the organisation's file alone, so it is ignored",
  mend,
});

/** Entries are only added, so nothing that is asked is refused. */
export const longerList = <T>(): Rule<readonly T[]> => ({
  tighter: (base, asked) => [...new Set([...base, ...asked])],
  refuses: () => false,
  refusal: LOOSER,
  mend: "a repository may only add entries",
});

/** Entries are only taken away. */
export const shorterList = <T>(): Rule<readonly T[]> => ({
  tighter: (base, asked) => base.filter((entry) => asked.includes(entry)),
  refuses: (base, asked) => asked.some((entry) => !base.includes(entry)),
  refusal: LOOSER,
  mend: "a repository may only take entries away",
});
