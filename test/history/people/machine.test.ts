import { isCommonHost, machineOf } from "../../../src/history/people/machine.ts";
import { expect, test } from "../../support/jest.ts";

test.each([
  ["ada@wintermute.local", "wintermute"],
  ["ada@wintermute.lan", "wintermute"],
  ["ada@wintermute.(none)", "wintermute"],
  ["ada@wintermute", "wintermute"],
  ["ada@wintermute.fritz.box", "wintermute"],
  ["ada@example.org", null],
  ["ada@mail.example.org", null],
  ["ada@localhost", null],
  ["ada", null],
  ["@local", null],
] as const)("machine: the host of %s is %s", (address, host) => {
  expect(machineOf(address)).toBe(host);
});

test.each([
  "ubuntu",
  "macbook-pro-2",
  "adas-macbook-pro",
  "ada-pc",
  "3f2a9c1b7d4e",
  "0f3c5a7e-540e-0410-9357-904b9bb8a0f7",
  "ip-10-0-0-12",
  "codespaces-1a2b3c",
  "mac",
  "pc7",
])("machine: %s ties nobody to anybody", (host) => {
  expect(isCommonHost(host)).toBe(true);
});

test.each(["wintermute", "desktop-8k2l1qv", "laptop-r4mdn01", "zaphod-42b"])("machine: %s is rare", (host) => {
  expect(isCommonHost(host)).toBe(false);
});
