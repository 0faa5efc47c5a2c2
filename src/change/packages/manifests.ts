import type { PackageFile } from "./contract.ts";
import type { ManifestAround } from "./finding.ts";
import { ownerOf } from "./sources.ts";

/** Lock files and the manifests that they are made from, in the same folder. */
const MANIFESTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["package-lock.json", ["package.json"]],
  ["npm-shrinkwrap.json", ["package.json"]],
  ["yarn.lock", ["package.json"]],
  ["pnpm-lock.yaml", ["package.json", "pnpm-workspace.yaml"]],
  ["bun.lock", ["package.json"]],
  ["Cargo.lock", ["Cargo.toml"]],
  ["go.sum", ["go.mod"]],
  ["go.work.sum", ["go.work"]],
  ["poetry.lock", ["pyproject.toml"]],
  ["uv.lock", ["pyproject.toml"]],
  ["pdm.lock", ["pyproject.toml"]],
  ["Pipfile.lock", ["Pipfile"]],
  ["Gemfile.lock", ["Gemfile"]],
  ["gems.locked", ["gems.rb"]],
  ["composer.lock", ["composer.json"]],
]);

/** Paths of the manifests that a lock file is made from; none for other files. */
export function manifestsOf(lockPath: string): readonly string[] {
  const cut = lockPath.lastIndexOf("/") + 1;
  return (MANIFESTS.get(lockPath.slice(cut)) ?? []).map((name) => lockPath.slice(0, cut) + name);
}

/** What manifests of a lock file ask for; `changed` when the change touches any manifest of the ecosystem. */
export function manifestAround(manifests: readonly PackageFile[], changed: boolean): ManifestAround {
  const dependencies = manifests.flatMap((manifest) => manifest.dependencies);
  const elsewhere = dependencies.filter(({ source, declaredAlias }) => source.kind !== "registry" || declaredAlias);
  return {
    changed,
    elsewhere: new Set(elsewhere.map(({ name }) => name)),
    names: new Set(dependencies.map(({ name }) => name)),
    owners: new Set(dependencies.flatMap(({ source }) => (source.owner === null ? [] : [ownerOf(source)]))),
  };
}
