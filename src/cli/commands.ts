import type { ListedCommand } from "./command.ts";

/**
 * Every command, in the order of the help. Each is loaded when it is called: `history` starts git before the libraries
 * of the others would be in memory.
 */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: "serve",
    summary: "run the whole app in one process",
    load: async () => (await import("./commands/serve/command.ts")).serve,
  },
  {
    name: "web",
    summary: "answer deliveries and show pages (PostgreSQL)",
    load: async () => (await import("./commands/serve/command.ts")).web,
  },
  {
    name: "worker",
    summary: "do the work that deliveries ask for (PostgreSQL)",
    load: async () => (await import("./commands/serve/command.ts")).worker,
  },
  {
    name: "demo",
    summary: "play a story against a local GitHub, with links to open",
    load: async () => (await import("./commands/demo/command.ts")).demo,
  },
  {
    name: "assess",
    summary: "assess one account live, or a saved dossier offline",
    load: async () => (await import("./commands/assess/command.ts")).assess,
  },
  {
    name: "change",
    summary: "what a change could do: a diff, a range, a pull request",
    load: async () => (await import("./commands/change/command.ts")).change,
  },
  {
    name: "history",
    summary: "who made the commits of a repository, and when",
    load: async () => (await import("./commands/history/command.ts")).history,
  },
  {
    name: "workflows",
    summary: "what GitHub Actions files let people do",
    load: async () => (await import("./commands/workflows/command.ts")).workflows,
  },
  {
    name: "audit",
    summary: "who can write where, what changed, what stands open",
    load: async () => (await import("./commands/audit/command.ts")).auditCommand,
  },
  {
    name: "access",
    summary: "who can push where, what that reaches, and why",
    load: async () => (await import("./commands/access/command.ts")).access,
  },
  {
    name: "vet",
    summary: "what giving a role would mean, before it is given",
    load: async () => (await import("./commands/vet/command.ts")).vet,
  },
  {
    name: "whatif",
    summary: "what removing, lowering or protecting would change",
    load: async () => (await import("./commands/whatif/command.ts")).whatif,
  },
  {
    name: "signals",
    summary: "the catalogue of signals, or one signal's page",
    load: async () => (await import("./commands/signals/command.ts")).signals,
  },
  {
    name: "policy",
    summary: "check a policy file, explain it, try it on what is known",
    load: async () => (await import("./commands/policy/command.ts")).policy,
  },
  {
    name: "exposure",
    summary: "seven questions: how much of a target you are",
    load: async () => (await import("./commands/exposure/command.ts")).exposure,
  },
  {
    name: "replay",
    summary: "show what recorded deliveries would lead to",
    load: async () => (await import("./commands/replay/command.ts")).replay,
  },
  {
    name: "jobs",
    summary: "list work that was set aside, and try it again",
    load: async () => (await import("./commands/jobs/command.ts")).jobs,
  },
  {
    name: "subject",
    summary: "show or erase what is kept about one account",
    load: async () => (await import("./commands/subject/command.ts")).subject,
  },
  {
    name: "vouch",
    summary: "say that you know an account, list or take it back",
    load: async () => (await import("./commands/vouch/command.ts")).vouch,
  },
  {
    name: "denounce",
    summary: "warn of an account; it counts once an owner agrees",
    load: async () => (await import("./commands/vouch/command.ts")).denounce,
  },
  {
    name: "intel",
    summary: "take lists of others in, list, export, take back",
    load: async () => (await import("./commands/intel/command.ts")).intel,
  },
  {
    name: "code-index",
    summary: "find your private code in contributors' public one",
    load: async () => (await import("./commands/code-index/command.ts")).codeIndex,
  },
  {
    name: "clusters",
    summary: "accounts that hard evidence joins, and where they are",
    load: async () => (await import("./commands/clusters/command.ts")).clusters,
  },
  {
    name: "backup",
    summary: "copy the embedded database, while it runs or not",
    load: async () => (await import("./commands/backup/command.ts")).backup,
  },
  {
    name: "move",
    summary: "copy the embedded database to a PostgreSQL server",
    load: async () => (await import("./commands/move/command.ts")).move,
  },
  {
    name: "notify",
    summary: "send a test message to whom audits and flags are told",
    load: async () => (await import("./commands/notify/command.ts")).notify,
  },
  {
    name: "doctor",
    summary: "look at credentials, permissions, clock and database",
    load: async () => (await import("./commands/doctor/command.ts")).doctor,
  },
];
