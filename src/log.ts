import { type Logger as Pino, pino } from "pino";

/** Every kind of line the program writes: dotted, past tense, low cardinality. */
export type LogEvent =
  | "delivery.received"
  | "delivery.refused"
  | "delivery.deferred"
  | "delivery.discarded"
  | "job.finished"
  | "job.snoozed"
  | "job.held"
  | "job.crashed"
  | "job.discarded"
  | "circuit.closed"
  | "source.unavailable"
  | "store.unavailable"
  | "clock.stepped"
  | "disk.filled"
  | "disk.freed"
  | "policy.rejected"
  | "publication.written"
  | "publication.unchanged"
  | "publication.doubled"
  | "audit.completed"
  | "sweep.completed"
  | "flag.raised"
  | "push.flagged"
  | "notice.sent"
  | "notice.unsent"
  | "login.refused"
  | "http.failed"
  | "service.misconfigured"
  | "service.started"
  | "service.stopped"
  | "reconciler.finished"
  | "reconciler.gap";

/** Values a log line may carry: ids, counts, durations and closed words; never a login, text, band or token. */
export type LogFields = Readonly<Record<string, number | boolean | null | string>>;

export interface Log {
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  error(event: LogEvent, fields?: LogFields & { readonly error?: never }, error?: unknown): void;
}

/** A log over pino. Errors are reduced to their class, code and stack frames: messages may quote what people wrote. */
export function makeLog(level: string, destination?: { write(line: string): void }): Log {
  const pinoLog: Pino = destination ? pino({ level, base: null }, destination) : pino({ level, base: null });
  return {
    info: (event, fields) => pinoLog.info({ event, ...fields }),
    warn: (event, fields) => pinoLog.warn({ event, ...fields }),
    error: (event, fields, error) => pinoLog.error({ event, ...fields, ...describe(error) }),
  };
}

/** For tests and commands that print for people. */
export const silentLog: Log = { info() {}, warn() {}, error() {} };

const MAX_FRAME_COUNT = 6;

function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return {};
  const code = (error as { readonly code?: unknown }).code;
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, MAX_FRAME_COUNT)
    .map((line) => line.trim());
  return {
    error_name: error.name,
    error_code: typeof code === "string" ? code : null,
    error_frames: frames.join(" | "),
  };
}
