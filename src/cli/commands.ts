import type { Command } from "./command.ts";
import { assess } from "./commands/assess.ts";
import { auditCommand as audit } from "./commands/audit.ts";
import { demo } from "./commands/demo.ts";
import { doctor } from "./commands/doctor.ts";
import { replay } from "./commands/replay.ts";
import { serve, web, worker } from "./commands/serve.ts";
import { signals } from "./commands/signals.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [serve, web, worker, demo, assess, audit, signals, replay, doctor];
