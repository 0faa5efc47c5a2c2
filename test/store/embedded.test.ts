import { freshDatabase } from "../support/database.ts";
import { describeStore } from "./conformance.ts";

describeStore("embedded", freshDatabase);
