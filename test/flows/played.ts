import { setImmediate } from "node:timers/promises";

/** Told of each answer that was given: the question's name, and with what it was asked. */
export type Note = (name: string, given: readonly unknown[]) => void;

/**
 * A port with these answers alone: whoever asks it anything else has made a mistake. With `note` an answer takes a turn
 * of the loop and is noted when it is there, so that what nobody waits for is not noted in time.
 */
export const played = <Port extends object>(answers: Partial<Port>, note?: Note): Port =>
  new Proxy(answers, {
    get(known, question) {
      // Whoever awaits a port asks it whether it is a promise.
      if (question === "then") return undefined;
      if (!(question in known)) throw new Error(`${String(question)}: nobody should ask this`);
      const answer: unknown = Reflect.get(known, question);
      if (note === undefined || typeof answer !== "function") return answer;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        await setImmediate();
        const said: unknown = await answer(...given);
        note(String(question), given);
        return said;
      };
    },
  }) as Port;
