import { InvalidInput } from "../../../errors.ts";
import { defineCommand } from "../../command.ts";

export const move = defineCommand({
  name: "move",
  usage: `  sallyport move

Copies everything of the embedded database in DATA_DIR to the PostgreSQL server
of DATABASE_URL: whole, or not at all. Stop \`sallyport serve\` first; the command
refuses while it runs, and where that database has rows already. The embedded
database stays as it is. With DATABASE_URL set, \`serve\`, \`web\` and \`worker\` use
the server from then on.`,
  options: {},
  async run({ positionals }, io) {
    if (positionals.length > 0)
      throw new InvalidInput([
        { where: "sallyport move", what: "takes no argument", mend: "name the places with DATA_DIR and DATABASE_URL" },
      ]);
    const moved = await io.services.move();
    const rows = moved.reduce((sum, table) => sum + table.rows, 0);
    io.stdout.write(
      `${rows.toLocaleString("en")} rows of ${moved.length} tables copied. Start it with DATABASE_URL now.\n`,
    );
    return 0;
  },
});
