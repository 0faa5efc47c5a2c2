import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { VARIABLES } from "../../src/variables.ts";
import { expect, test } from "../support/jest.ts";

interface Service {
  readonly image?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly env_file?: string;
  readonly ports?: readonly string[];
  readonly restart?: string;
}

const read = (file: string): string => readFileSync(resolve(import.meta.dirname, "../..", file), "utf8");
const text = read("docker/compose.yml");
const services: Readonly<Record<string, Service>> = parse(text, { merge: true }).services;
const ours = Object.values(services).filter(({ image }) => image === undefined);
const example = new Set([...read(".env.example").matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name));

test("compose: every variable that it needs stands in .env.example, and its own command reads that file", () => {
  const needed = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
  expect(needed.length).toBeGreaterThan(2);
  expect(needed.filter((name) => !example.has(name))).toEqual([]);
  expect(read("docs/operations.md")).toContain("docker compose --env-file .env -f docker/compose.yml up");
});

test("compose: what it counts on inside the container is fixed there, whatever .env says for the machine outside", () => {
  expect(ours).toHaveLength(2);
  for (const { environment } of ours) {
    expect(Object.keys(environment).filter((name) => !(name in VARIABLES))).toEqual([]);
    expect(environment).toMatchObject({ HOST: "0.0.0.0", OPERATIONS_PORT: "9464", DATA_DIR: "/data" });
    expect(services.web?.ports?.map((mapping) => mapping.split(":").at(-1))).toEqual([environment.PORT]);
  }
});

test("compose: a process that hangs can end itself, and is started again", () => {
  expect(Object.values(services).map(({ restart }) => restart)).toEqual([
    "unless-stopped",
    "unless-stopped",
    "unless-stopped",
  ]);
  expect(read("docker/Dockerfile")).toMatch(/^ENTRYPOINT \["tini", "--", "node",/m);
});
