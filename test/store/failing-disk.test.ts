import { describeFailingDisk } from "./failing-disk-cases.ts";

// The other faults are in test/campaigns.
describeFailingDisk([
  { what: "one flush of the log fails", call: "sync", path: "/pg_wal/", code: "EIO", times: 1 },
  { what: "no room is left for the log", call: "write", path: "/pg_wal/", code: "ENOSPC", times: 1_000_000 },
]);
