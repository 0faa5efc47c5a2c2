import type { User, World } from "./world.ts";

/** Everybody with an account of his own: first those whom the story introduces, in its order, each with its word. */
export function peopleInOrder(world: World): {
  readonly introduced: readonly { readonly user: User; readonly word: string }[];
  readonly others: readonly User[];
} {
  const users = [...world.accounts.values()].filter((account): account is User => account.type === "User");
  const introduced = [...world.introductions].flatMap(([id, word]) => {
    const user = users.find((each) => each.id === id);
    return user === undefined ? [] : [{ user, word }];
  });
  return { introduced, others: users.filter(({ id }) => !world.introductions.has(id)) };
}
