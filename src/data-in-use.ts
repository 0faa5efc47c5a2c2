import { InvalidInput } from "./errors.ts";

/** Another process has the embedded database's directory; `holder` says which, as far as it said. */
export class DataInUse extends InvalidInput {
  readonly holder: string;

  constructor(where: string, holder: string) {
    const mend = "stop it, or give this one another DATA_DIR or a DATABASE_URL";
    super([{ where, what: `another Sallyport uses this data directory (${holder})`, mend }]);
    this.holder = holder;
  }
}
