import { describeFailingDisk } from "../store/cases/failing-disk-cases.ts";

const ONCE = 1;
const ALWAYS = 1_000_000;

describeFailingDisk([
  { what: "one flush of the log fails", call: "sync", path: "/pg_wal/", code: "EIO", times: ONCE },
  { what: "no room is left for the log", call: "write", path: "/pg_wal/", code: "ENOSPC", times: ALWAYS },
  { what: "every flush fails", call: "sync", path: "/", code: "EIO", times: ALWAYS },
  { what: "one write of the log fails", call: "write", path: "/pg_wal/", code: "EIO", times: ONCE },
  { what: "the next part of the log cannot be made", call: "create", path: "/pg_wal/", code: "EDQUOT", times: ALWAYS },
  { what: "one flush of a table fails", call: "sync", path: "/base/", code: "EIO", times: ONCE },
  { what: "the control file cannot be written", call: "write", path: "/pg_control", code: "ENOSPC", times: ONCE },
]);
