import { COMMANDS } from "../cli/commands.ts";
import { readConfigFile } from "../cli/config-files.ts";
import { processIo } from "../cli/io.ts";
import { run } from "../cli/run.ts";
import { systemClock } from "../clock.ts";
import { readEnvironment } from "../config.ts";
import { makeServices } from "./services.ts";

/** The `sallyport` command: parse, wire, run. Everything that needs credentials is made when a command asks for it. */
const environment = () => readEnvironment(ENV_FILE, readConfigFile);
const ENV_FILE = ".env";
const tell = (line: string): void => void (process.stdout.isTTY && process.stdout.write(`${line}\n`));

const io = processIo({
  services: makeServices({ environment, readFile: readConfigFile, envFile: ENV_FILE, tell }),
  clock: systemClock,
});
process.exitCode = await run(process.argv.slice(2), COMMANDS, io);
