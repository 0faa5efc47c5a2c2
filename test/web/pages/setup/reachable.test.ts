import { outOfReach } from "../../../../src/web/pages/setup/reachable.ts";
import { describe, expect, test } from "../../../support/jest.ts";

describe("an address that GitHub cannot reach", () => {
  test.each([
    "http://localhost:3000",
    "https://localhost",
    "https://127.0.0.1:3000",
    "https://[::1]",
    "https://0.0.0.0",
    "https://10.1.2.3",
    "https://172.20.0.4",
    "https://192.168.1.7:8443",
    "https://169.254.169.254",
    "https://100.64.0.1",
    "https://[fd12:3456::1]",
    "https://[fe80::1]",
    "https://sallyport",
    "https://sallyport.local",
    "https://sallyport.corp.internal.",
    "https://nas.home.arpa",
    "http://sallyport.acme.dev",
  ])("%s", (address) => {
    expect(outOfReach(address, "https://github.com")).toMatch(/^it is|^it means/);
    expect(outOfReach(address, "https://octo.ghe.com")).toMatch(/^it is|^it means/);
  });

  test.each(["https://sallyport.acme.dev", "https://172.15.0.1", "https://203.0.113.9:8443", "https://10.acme.dev"])(
    "%s may be reached",
    (address) => expect(outOfReach(address, "https://github.com")).toBeNull(),
  );

  test("a GitHub server of one's own reaches one's own network, and this machine from this machine", () => {
    expect(outOfReach("https://10.1.2.3", "https://ghe.corp.internal")).toBeNull();
    expect(outOfReach("http://localhost:3000", "https://ghe.corp.internal")).toBe("it means this machine");
    expect(outOfReach("http://localhost:3000", "http://127.0.0.1:4401")).toBeNull();
  });
});
