import { InvalidInput } from "../../../errors.ts";
import { defineCommand } from "../../command.ts";

export const backup = defineCommand({
  name: "backup",
  usage: `  sallyport backup

Copies the embedded database in DATA_DIR into \`backup\` beside it, and prints
where. A server that runs makes the copy itself, asked at OPERATIONS_HOST and
OPERATIONS_PORT: it stores nothing meanwhile, a second or two a GB, and GitHub's
deliveries wait. The copy before it goes when the new one is whole. Take it
elsewhere from there, encrypted: it holds evidence about people. To restore,
start with a DATA_DIR that holds what is in the copy.`,
  options: {},
  async run({ positionals }, io) {
    if (positionals.length > 0)
      throw new InvalidInput([
        { where: "sallyport backup", what: "takes no argument", mend: "copy it elsewhere from DATA_DIR/backup" },
      ]);
    const { directory, bytes } = await io.services.backup();
    io.stdout.write(`${directory}\n`);
    io.stderr.write(`${Math.ceil(bytes / 2 ** 20).toLocaleString("en")} MiB, whole and on the disk.\n`);
    return 0;
  },
});
