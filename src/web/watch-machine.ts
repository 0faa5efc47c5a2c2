import type { FastifyRequest } from "fastify";
import { type Config, proxyProblem } from "../config.ts";
import type { Problem } from "../errors.ts";
import type { Log } from "../log.ts";
import { clockFinding, diskFinding, type MachineFinding, proxyFinding, restartFinding } from "../machine.ts";
import type { Store } from "../store/store.ts";

/** Notices that requests say they came through a proxy; which address they name is neither kept nor believed. */
export interface ForwardingWatch {
  look(request: Pick<FastifyRequest, "headers">): void;
}

/** What the machine and the proxies look like from this process; what is wrong with the proxies goes to the log once. */
export function watchMachine(
  web: Config["web"],
  about: {
    readonly store: Pick<Store, "room">;
    readonly log: Log;
    readonly githubClock: { differenceSeconds(): number | null };
    readonly servesPages: boolean;
    readonly processId: number;
  },
): { readonly forwarding: ForwardingWatch; readonly health: () => readonly MachineFinding[] } {
  const { store, log, githubClock, servesPages } = about;
  const restart = restartFinding(about.processId);
  const warn = (problem: Problem | null): void => {
    if (problem) log.warn("service.misconfigured", { ...problem });
  };
  const known = servesPages ? proxyProblem(web) : null;
  warn(known);
  if (restart?.mend) warn({ where: restart.about, what: restart.found, mend: restart.mend });
  let forwarded = false;
  return {
    forwarding: {
      look({ headers }) {
        if (forwarded || (headers["x-forwarded-for"] === undefined && headers.forwarded === undefined)) return;
        forwarded = true;
        if (known === null) warn(proxyProblem(web, forwarded));
      },
    },
    health: () => {
      const proxies = servesPages ? proxyFinding(web, forwarded) : null;
      const machine = [diskFinding(store.room()), clockFinding(githubClock.differenceSeconds())];
      return [...machine, proxies, restart].filter((finding) => finding !== null);
    },
  };
}
