import { expect, test } from "../../support/jest.ts";
import { historyOfRows } from "../made-table.ts";

const KEY = "ssh:1";
const BO = "Bo Sample <bo@rare-host-7.local>";

test("placeholders: whoever has one shares neither keys nor hosts, and those who share are found beside it", () => {
  const shared = (...authors: readonly string[]): readonly number[] => {
    const { sharedKeys, sharedHosts } = historyOfRows([authors.map((author) => ({ author, key: KEY }))]);
    return [sharedKeys.size, sharedHosts.size];
  };
  expect(shared(BO, "Ada Example <ada@rare-host-7.local>")).toEqual([2, 2]);
  for (const nobody of [
    "Ada Example <root@rare-host-7.local>",
    "Your Name <ada@rare-host-7.local>",
    "Test User <ada@rare-host-7.local>",
  ]) {
    expect(shared(BO, nobody)).toEqual([0, 0]);
    expect(shared(BO, nobody, "Ada Example <ada@rare-host-7.local>")).toEqual([2, 2]);
  }
});
