import { systemClock } from "../../src/clock.ts";
import { openDatabase } from "../../src/store/postgres/open.ts";
import { describeStore } from "./conformance.ts";

describeStore("embedded", () => openDatabase({ databaseUrl: null, dataDir: "memory://", clock: systemClock }));
