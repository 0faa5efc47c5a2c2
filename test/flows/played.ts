/** A port with these answers alone: whoever asks it anything else has made a mistake. */
export const played = <Port extends object>(answers: Partial<Port>): Port =>
  new Proxy(answers, {
    get(known, question) {
      // Whoever awaits a port asks it whether it is a promise.
      if (question === "then") return undefined;
      if (!(question in known)) throw new Error(`${String(question)}: nobody should ask this`);
      return Reflect.get(known, question);
    },
  }) as Port;
