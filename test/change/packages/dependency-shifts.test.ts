import { expect, test } from "../../support/jest.ts";
import { compared, type Given, said } from "./compared.ts";

/** Before and after of one file, and what is to be said: `severity kind`, nothing for an innocent look-alike. */
type Row = readonly [what: string, path: string, before: string | null, after: string | null, ...expected: string[]];

const deps = (dependencies: object, more: object = {}): string => JSON.stringify({ dependencies, ...more });
const HASH = "sha512-AAAA";
const OTHER = "sha512-BBBB";
const npmjs = (name: string, version = "1.0.0"): string =>
  `https://registry.npmjs.org/${name}/-/${name}-${version}.tgz`;
const lock = (packages: object, root: object = { dependencies: { a: "^1", b: "^1" } }): string =>
  JSON.stringify({ lockfileVersion: 3, packages: { "": root, ...packages } }, null, 1);
const entry = (name: string, more: object = {}): object => ({
  [`node_modules/${name}`]: { version: "1.0.0", resolved: npmjs(name), integrity: HASH, ...more },
});
const A = entry("a");

const classic = (name: string, resolved: string, integrity = HASH): string =>
  `# yarn lockfile v1\n\n\n${name}@^1:\n  version "1.0.0"\n  resolved "${resolved}"\n${integrity === "" ? "" : `  integrity ${integrity}\n`}`;
const berry = (rows: string, cacheKey = "10c0"): string =>
  `__metadata:\n  version: 8\n  cacheKey: ${cacheKey}\n\n"root@workspace:.":\n  version: 0.0.0\n  resolution: "root@workspace:."\n  dependencies:\n    a: "npm:^1"\n  linkType: soft\n\n${rows}`;
const berryA = (resolution: string, checksum: string): string =>
  `"a@npm:^1":\n  version: 1.0.0\n  resolution: "${resolution}"\n  checksum: ${checksum}\n  languageName: node\n  linkType: hard\n`;
const pnpm = (packages: string): string =>
  `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      a:\n        specifier: ^1\n        version: 1.0.0\n\npackages:\n\n${packages}`;
const bun = (packages: object): string =>
  JSON.stringify({ lockfileVersion: 1, workspaces: { "": { dependencies: { a: "^1" } } }, packages });
const crate = (
  name: string,
  more = 'checksum = "aa"',
  source = "registry+https://github.com/rust-lang/crates.io-index",
): string => `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = "${source}"\n${more}\n`;
const ROOT_CRATE = '[[package]]\nname = "root"\nversion = "0.1.0"\ndependencies = ["a"]\n';
const poetry = (more: string): string =>
  `[[package]]\nname = "a"\nversion = "1.0"\nfiles = [\n    {file = "a-1.0.tar.gz", hash = "sha256:aa"},\n]\n${more}`;
const uv = (source: string, hash = "sha256:aa", url = "https://files.pythonhosted.org/a.tar.gz"): string =>
  `[[package]]\nname = "a"\nversion = "1.0"\nsource = ${source}\nsdist = { url = "${url}", hash = "${hash}" }\n`;
const gems = (remote: string, more = ""): string =>
  `GEM\n  remote: ${remote}\n  specs:\n    a (1.0)\n\nDEPENDENCIES\n  a\n${more}`;
const php = (dist: string, shasum = ""): string =>
  JSON.stringify({ packages: [{ name: "a/b", version: "1.0", dist: { type: "zip", url: dist, shasum } }] });

const ROWS: readonly Row[] = [
  // npm manifests
  [
    "npm: a git dependency of somebody",
    "package.json",
    deps({}),
    deps({ b: "git+https://github.com/else/b.git" }),
    "high git-source",
  ],
  ["npm: the short form of a git host", "package.json", deps({}), deps({ b: "else/b#main" }), "high git-source"],
  [
    "npm: a git dependency of the same owner",
    "package.json",
    deps({}),
    deps({ b: "github:Our-Org/b" }),
    "medium git-source",
  ],
  [
    "npm: a second one of a known owner",
    "package.json",
    deps({ c: "else/c" }),
    deps({ c: "else/c", b: "else/b" }),
    "medium git-source",
  ],
  ["npm: another commit of it", "package.json", deps({ b: "else/b#1" }), deps({ b: "else/b#2" })],
  [
    "npm: a git repository in place of the registry",
    "package.json",
    deps({ c: "else/c", b: "^1" }),
    deps({ c: "else/c", b: "more/b" }),
    "high git-source",
  ],
  ["npm: a tarball", "package.json", deps({}), deps({ b: "https://host.example/b.tgz" }), "high url-source"],
  [
    "npm: a tarball over plain http",
    "package.json",
    deps({}),
    deps({ b: "http://host.example/b.tgz" }),
    "high plain-source",
  ],
  [
    "npm: credentials that look like a registry",
    "package.json",
    deps({}),
    deps({ b: "https://registry.npmjs.org@host.example/b.tgz" }),
    "high url-source",
  ],
  [
    "npm: a name that stands for another package",
    "package.json",
    deps({}),
    deps({ b: "npm:c@^1" }),
    "medium other-package",
  ],
  ["npm: data of a test", "test/fixtures/a/package.json", deps({}), deps({ b: "else/b" }), "low git-source"],
  ["npm: an example", "examples/a/package.json", deps({}), deps({ b: "else/b" }), "medium git-source"],
  [
    "npm: a colon in place of a slash",
    "package.json",
    deps({}),
    deps({ b: "https://github.com:our-org/b.git" }),
    "medium git-source",
  ],
  ["npm: an alias that gets a newer version", "package.json", deps({ b: "npm:c@^1" }), deps({ b: "npm:c@^2" })],
  [
    "npm: an override that leads elsewhere",
    "package.json",
    deps({}),
    deps({}, { overrides: { a: { b: "else/b" } } }),
    "high git-source",
  ],
  [
    "npm: an override of a version",
    "package.json",
    deps({}),
    deps({}, { overrides: { "b@^1": "^2" }, resolutions: { "**/b": "2.0.0" } }),
  ],
  [
    "npm: a new dependency",
    "package.json",
    deps({}),
    deps({ b: "^1.0.0", c: "workspace:*", d: "file:../d", e: "catalog:" }),
  ],
  [
    "npm: the manager from an address",
    "package.json",
    "{}",
    '{"packageManager":"yarn@https://host.example/y.js"}',
    "high url-source",
  ],
  [
    "npm: the manager's version",
    "package.json",
    '{"packageManager":"yarn@4.1.0"}',
    '{"packageManager":"yarn@4.2.0+sha512.aa"}',
  ],
  // npm lock files
  [
    "npm: a foreign host in the lock",
    "package-lock.json",
    lock(A),
    lock({ ...A, ...entry("b", { resolved: "https://host.example/b/-/b-1.0.0.tgz" }) }),
    "high foreign-host",
  ],
  [
    "npm: the same host for a known entry",
    "package-lock.json",
    lock(A),
    lock(entry("a", { resolved: "https://host.example/a/-/a-1.0.0.tgz" })),
    "high foreign-host",
  ],
  [
    "npm: a host that other entries came from",
    "package-lock.json",
    lock(entry("a", { resolved: "https://npm.our.example/a/-/a-1.0.0.tgz" })),
    lock({
      ...entry("a", { resolved: "https://npm.our.example/a/-/a-1.0.0.tgz" }),
      ...entry("b", { resolved: "https://npm.our.example/b/-/b-1.0.0.tgz" }),
    }),
  ],
  [
    "npm: the registry by its other name",
    "package-lock.json",
    lock(A),
    lock(entry("a", { resolved: "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz" })),
  ],
  [
    "npm: a mirror",
    "package-lock.json",
    lock(A),
    lock({ ...A, ...entry("b", { resolved: "https://registry.npmmirror.com/b/-/b-1.0.0.tgz" }) }),
    "medium foreign-host",
  ],
  [
    "npm: plain http in the lock",
    "package-lock.json",
    lock(A),
    lock({ ...A, ...entry("b", { resolved: "http://host.example/b/-/b-1.0.0.tgz" }) }),
    "high plain-source",
  ],
  [
    "npm: the address of another package",
    "package-lock.json",
    lock(A),
    lock({ ...A, ...entry("b", { resolved: npmjs("c") }) }),
    "high other-package",
  ],
  [
    "npm: a declared alias",
    "package-lock.json",
    lock(A),
    lock({ ...A, ...entry("b", { name: "c", resolved: npmjs("c") }) }, { dependencies: { a: "^1", b: "npm:c@^1" } }),
  ],
  [
    "npm: a scope in the address",
    "package-lock.json",
    lock(A, { dependencies: { a: "^1", "@s/b": "^1" } }),
    lock(
      { ...A, ...entry("@s/b", { resolved: "https://registry.npmjs.org/@s%2fb/-/b-1.0.0.tgz" }) },
      { dependencies: { a: "^1", "@s/b": "^1" } },
    ),
  ],
  [
    "npm: another hash for the same version",
    "package-lock.json",
    lock(A),
    lock(entry("a", { integrity: OTHER })),
    "high hash-changed",
  ],
  [
    "npm: a hash is gone",
    "package-lock.json",
    lock(A),
    lock(entry("a", { integrity: undefined })),
    "medium hash-removed",
  ],
  [
    "npm: a weaker hash",
    "package-lock.json",
    lock(A),
    lock(entry("a", { integrity: "sha1-AAAA" })),
    "medium hash-weaker",
  ],
  ["npm: a stronger hash", "package-lock.json", lock(entry("a", { integrity: "sha1-AAAA" })), lock(A)],
  [
    "npm: a newer version",
    "package-lock.json",
    lock(A),
    lock(entry("a", { version: "1.0.1", resolved: npmjs("a", "1.0.1"), integrity: OTHER })),
  ],
  [
    "npm: an entry that nothing asks for",
    "package-lock.json",
    lock(A),
    lock({ ...A, ...entry("zz") }),
    "medium unexplained-entry",
  ],
  [
    "npm: an entry that another one asks for",
    "package-lock.json",
    lock(A),
    lock({ ...entry("a", { dependencies: { zz: "^1" } }), ...entry("zz") }),
  ],
  [
    "npm: a script in a known dependency",
    "package-lock.json",
    lock(A),
    lock(entry("a", { hasInstallScript: true })),
    "low inside-script",
  ],
  [
    "npm: version 1 becomes version 3",
    "package-lock.json",
    JSON.stringify({
      lockfileVersion: 1,
      dependencies: { a: { version: "1.0.0", resolved: npmjs("a"), integrity: HASH } },
    }),
    lock(A),
  ],
  [
    "npm: a foreign host deep in version 1",
    "package-lock.json",
    JSON.stringify({ dependencies: { a: { version: "1.0.0", resolved: npmjs("a") } } }),
    JSON.stringify({
      dependencies: {
        a: {
          version: "1.0.0",
          resolved: npmjs("a"),
          dependencies: { b: { version: "1.0.0", resolved: "https://host.example/b/-/b-1.0.0.tgz" } },
        },
      },
    }),
    "high foreign-host",
  ],
  [
    "npm: a git address in place of a version",
    "package-lock.json",
    JSON.stringify({ dependencies: {} }),
    JSON.stringify({ dependencies: { b: { version: "git+ssh://git@github.com/else/b.git#aa", from: "b@else/b" } } }),
    "medium git-source",
  ],
  [
    "npm: a key of the prototype",
    "package-lock.json",
    lock(A),
    `{"packages":{"":{"dependencies":{"__proto__":"^1"}},"node_modules/__proto__":{"version":"1.0.0","resolved":"https://host.example/__proto__/-/x-1.0.0.tgz","integrity":"${HASH}"}}}`,
    "high foreign-host",
  ],
  // settings
  ["npm: another registry for everything", ".npmrc", "", "registry=https://host.example/\n", "critical registry-added"],
  [
    "npm: another registry for a scope",
    ".npmrc",
    "",
    "@ours:registry = https://host.example/\n",
    "high registry-added",
  ],
  [
    "npm: a registry of a service",
    ".npmrc",
    "",
    "@ours:registry=https://npm.pkg.github.com\n",
    "medium registry-added",
  ],
  ["npm: the registry is named", ".npmrc", "", "registry=https://registry.npmjs.org/\n"],
  ["npm: the registry over plain http", ".npmrc", "", "registry=http://host.example/\n", "critical plain-source"],
  ["npm: certificates are not checked", ".npmrc", "", "strict-ssl=false\n", "high protection-off"],
  ["npm: another setting", ".npmrc", "", "save-exact=true\n; registry=https://host.example\n"],
  [
    "yarn: another registry",
    ".yarnrc.yml",
    "a: b\n",
    'npmRegistryServer: "https://host.example"\n',
    "critical registry-added",
  ],
  ["yarn: hashes are not compared", ".yarnrc.yml", "a: b\n", "checksumBehavior: ignore\n", "high protection-off"],
  [
    "pnpm: packages that may run scripts",
    "pnpm-workspace.yaml",
    "packages:\n  - a\n",
    "packages:\n  - a\nonlyBuiltDependencies:\n  - esbuild\n",
    "low protection-off",
  ],
  [
    "pnpm: any package may",
    "pnpm-workspace.yaml",
    "packages:\n  - a\n",
    "packages:\n  - a\ndangerouslyAllowAllBuilds: true\n",
    "high protection-off",
  ],
  [
    "bun: another registry",
    "bunfig.toml",
    "",
    '[install]\nregistry = { url = "https://host.example/" }\n',
    "critical registry-added",
  ],
  // yarn, pnpm, bun lock files
  [
    "yarn: a foreign host in the older lock",
    "yarn.lock",
    classic("a", `${npmjs("a")}#${"a".repeat(40)}`),
    classic("a", `https://host.example/a/-/a-1.0.0.tgz#${"a".repeat(40)}`),
    "high foreign-host",
  ],
  [
    "yarn: another package in the older lock",
    "yarn.lock",
    classic("a", npmjs("a")),
    classic("a", npmjs("zz")),
    "high other-package",
  ],
  [
    "yarn: an alias in the older lock",
    "yarn.lock",
    classic("a", npmjs("a")),
    classic('"a@npm:zz', npmjs("zz")).replace("@^1:", '@^1":'),
  ],
  [
    "yarn: the older lock gets stronger hashes",
    "yarn.lock",
    classic("a", `${npmjs("a")}#${"a".repeat(40)}`, ""),
    classic("a", `${npmjs("a")}#${"a".repeat(40)}`),
  ],
  [
    "yarn: another content",
    "yarn.lock",
    berry(berryA("a@npm:1.0.0", "10c0/aa")),
    berry(berryA("a@npm:1.0.0", "10c0/bb")),
    "high hash-changed",
  ],
  [
    "yarn: another packing",
    "yarn.lock",
    berry(berryA("a@npm:1.0.0", "8/aa"), "8"),
    berry(berryA("a@npm:1.0.0", "10c0/bb")),
  ],
  [
    "yarn: the packing moves into the hash",
    "yarn.lock",
    berry(berryA("a@npm:1.0.0", "aa"), "8"),
    berry(berryA("a@npm:1.0.0", "8/aa"), "8"),
  ],
  [
    "yarn: an archive from elsewhere",
    "yarn.lock",
    berry(berryA("a@npm:1.0.0", "10c0/aa")),
    berry(berryA("a@npm:1.0.0::__archiveUrl=https%3A%2F%2Fhost.example%2Fa%2F-%2Fa-1.0.0.tgz", "10c0/aa")),
    "high foreign-host",
  ],
  [
    "yarn: another package under the name",
    "yarn.lock",
    berry(berryA("a@npm:1.0.0", "10c0/aa")),
    berry(berryA("zz@npm:1.0.0", "10c0/aa")),
    "high other-package",
  ],
  [
    "yarn: from the older to the newer lock",
    "yarn.lock",
    classic("a", npmjs("a")),
    berry(berryA("a@npm:1.0.0", "10c0/aa")),
  ],
  [
    "pnpm: a tarball of a foreign host",
    "pnpm-lock.yaml",
    pnpm("  a@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n"),
    pnpm("  a@1.0.0:\n    resolution: {integrity: sha512-AAAA, tarball: https://host.example/a/-/a-1.0.0.tgz}\n"),
    "high foreign-host",
  ],
  [
    "pnpm: another hash",
    "pnpm-lock.yaml",
    pnpm("  a@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n"),
    pnpm("  a@1.0.0:\n    resolution: {integrity: sha512-BBBB}\n"),
    "high hash-changed",
  ],
  [
    "pnpm: an older form of keys",
    "pnpm-lock.yaml",
    pnpm("  /a/1.0.0:\n    resolution: {integrity: sha512-AAAA}\n"),
    pnpm("  a@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n"),
  ],
  [
    "pnpm: an entry that nothing asks for",
    "pnpm-lock.yaml",
    pnpm("  a@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n"),
    pnpm(
      "  a@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n\n  zz@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n",
    ),
    "medium unexplained-entry",
  ],
  [
    "pnpm: a hash written over lines",
    "pnpm-lock.yaml",
    pnpm("  a@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n"),
    pnpm("  a@1.0.0:\n    resolution:\n      integrity:\n        sha512-AAAA\n"),
  ],
  [
    "bun: another registry in the lock",
    "bun.lock",
    bun({ a: ["a@1.0.0", "", {}, HASH] }),
    bun({ a: ["a@1.0.0", "https://host.example/a/-/a-1.0.0.tgz", {}, HASH] }),
    "high foreign-host",
  ],
  [
    "bun: another hash",
    "bun.lock",
    bun({ a: ["a@1.0.0", "", {}, HASH] }),
    bun({ a: ["a@1.0.0", "", {}, OTHER] }),
    "high hash-changed",
  ],
  [
    "bun: a repository",
    "bun.lock",
    bun({ a: ["a@1.0.0", "", {}, HASH] }),
    bun({ a: ["a@github:else/a#aa", {}, "else-a-aa"] }),
    "high git-source",
  ],
  // Cargo
  [
    "cargo: a git dependency of somebody",
    "Cargo.toml",
    "[dependencies]\n",
    '[dependencies]\nb = { git = "https://github.com/else/b" }\n',
    "high git-source",
  ],
  [
    "cargo: one by a table of its own",
    "Cargo.toml",
    "[dependencies]\n",
    '[dependencies.b]\ngit = "https://github.com/else/b"\n',
    "high git-source",
  ],
  [
    "cargo: a patch of a crate",
    "Cargo.toml",
    "[dependencies]\n",
    '[patch.crates-io]\nserde = { git = "https://github.com/else/serde" }\n',
    "high git-source",
  ],
  [
    "cargo: a crate under another name",
    "Cargo.toml",
    "[dependencies]\n",
    '[dependencies]\nb = { package = "c", version = "1" }\n',
    "low other-package",
  ],
  [
    "cargo: another commit",
    "Cargo.toml",
    '[dependencies]\nb = { git = "https://github.com/else/b", rev = "1" }\n',
    '[dependencies]\nb = { git = "https://github.com/else/b", rev = "2" }\n',
  ],
  [
    "cargo: a crate, a path, the workspace's",
    "Cargo.toml",
    "[dependencies]\n",
    '[dependencies]\nb = "1"\nc = { path = "../c" }\nd.workspace = true\n',
  ],
  [
    "cargo: another index in place of the registry",
    ".cargo/config.toml",
    "",
    '[source.crates-io]\nreplace-with = "x"\n[source.x]\nregistry = "sparse+https://host.example/"\n',
    "high registry-added",
    "medium registry-added",
  ],
  [
    "cargo: another hash",
    "Cargo.lock",
    ROOT_CRATE + crate("a"),
    ROOT_CRATE + crate("a", 'checksum = "bb"'),
    "high hash-changed",
  ],
  ["cargo: a hash is gone", "Cargo.lock", ROOT_CRATE + crate("a"), ROOT_CRATE + crate("a", ""), "medium hash-removed"],
  [
    "cargo: another index in the lock",
    "Cargo.lock",
    ROOT_CRATE + crate("a"),
    ROOT_CRATE + crate("a", 'checksum = "aa"', "registry+https://host.example/index"),
    "high foreign-host",
  ],
  [
    "cargo: the index by its newer address",
    "Cargo.lock",
    ROOT_CRATE + crate("a"),
    ROOT_CRATE + crate("a", 'checksum = "aa"', "sparse+https://index.crates.io/"),
  ],
  [
    "cargo: hashes move out of the list at the end",
    "Cargo.lock",
    `${ROOT_CRATE}${crate("a", "")}[metadata]\n"checksum a 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)" = "aa"\n`,
    ROOT_CRATE + crate("a"),
  ],
  [
    "cargo: an entry that nothing asks for",
    "Cargo.lock",
    ROOT_CRATE + crate("a"),
    ROOT_CRATE + crate("a") + crate("zz"),
    "medium unexplained-entry",
  ],
  // Go
  [
    "go: a module replaced by somebody's",
    "go.mod",
    "module m\n",
    "module m\nreplace github.com/x/y => github.com/else/y v1.0.0\n",
    "high git-source",
  ],
  [
    "go: one of the same owner",
    "go.mod",
    "module m\n",
    "module m\nreplace (\n\tgithub.com/x/y v1.0.0 => github.com/our-org/y v1.0.1\n)\n",
    "medium git-source",
  ],
  ["go: a folder of the checkout", "go.mod", "module m\n", "module m\nreplace github.com/x/y => ../y\n"],
  ["go: a new module", "go.mod", "module m\n", "module m\nrequire github.com/x/y v1.0.0\n"],
  [
    "go: another version of the module itself",
    "go.mod",
    "module m\n",
    "module m\nreplace a.b/c => a.b/c v1.0.0\nreplace github.com/x/y => github.com/x/z v1.0.0\n",
  ],
  [
    "go: a newer replacement",
    "go.mod",
    "replace a.b/c => github.com/else/c v1.0.0\n",
    "replace a.b/c => github.com/else/c v1.0.1\n",
  ],
  [
    "go: another hash",
    "go.sum",
    "a.b/c v1.0.0 h1:aa=\na.b/c v1.0.0/go.mod h1:cc=\n",
    "a.b/c v1.0.0 h1:bb=\na.b/c v1.0.0/go.mod h1:cc=\n",
    "high hash-changed",
  ],
  ["go: a newer version", "go.sum", "a.b/c v1.0.0 h1:aa=\n", "a.b/c v1.0.1 h1:bb=\n"],
  // Python
  [
    "pypi: another index",
    "requirements.txt",
    "a==1\n",
    "--index-url https://host.example/simple\na==1\n",
    "critical registry-added",
  ],
  [
    "pypi: an index beside",
    "requirements-dev.txt",
    "a==1\n",
    "--extra-index-url=https://host.example/simple\na==1\n",
    "high registry-added",
  ],
  [
    "pypi: an index of a well-known project",
    "requirements.txt",
    "a==1\n",
    "--extra-index-url https://download.pytorch.org/whl/cpu\na==1\n",
  ],
  [
    "pypi: a host that is trusted",
    "requirements.txt",
    "a==1\n",
    "--trusted-host host.example\na==1\n",
    "high protection-off",
  ],
  [
    "pypi: a repository",
    "requirements.txt",
    "a==1\n",
    "a==1\nb @ git+https://github.com/else/b@main\n",
    "high git-source",
  ],
  ["pypi: an archive", "requirements.txt", "a==1\n", "a==1\nhttps://host.example/b.zip#egg=b\n", "high url-source"],
  [
    "pypi: hashes, continued lines, comments",
    "requirements.txt",
    "a==1\n",
    "a==1 \\\n    --hash=sha256:aa\nb>=2 ; python_version < '3' # -i https://host.example\n",
  ],
  [
    "pypi: a repository in the project's file",
    "pyproject.toml",
    "[project]\ndependencies = []\n",
    '[project]\ndependencies = [\n  "b @ git+https://github.com/else/b",\n]\n',
    "high git-source",
  ],
  [
    "pypi: uv's index for everything",
    "pyproject.toml",
    "[project]\n",
    '[[tool.uv.index]]\nurl = "https://host.example/simple"\ndefault = true\n',
    "critical registry-added",
  ],
  [
    "pypi: poetry's source",
    "pyproject.toml",
    "[project]\n",
    '[[tool.poetry.source]]\nname = "x"\nurl = "https://host.example/simple"\n',
    "high registry-added",
  ],
  [
    "pypi: poetry's dependency on a repository",
    "pyproject.toml",
    "[project]\n",
    '[tool.poetry.dependencies]\nb = { git = "https://github.com/our-org/b" }\n',
    "medium git-source",
  ],
  [
    "pypi: a new dependency",
    "pyproject.toml",
    "[project]\n",
    '[project]\ndependencies = ["b>=1"]\n[dependency-groups]\ndev = ["c"]\n',
  ],
  [
    "pypi: another hash in poetry's lock",
    "poetry.lock",
    poetry(""),
    poetry("").replace("sha256:aa", "sha256:bb"),
    "high hash-changed",
  ],
  [
    "pypi: one more file of a release",
    "poetry.lock",
    poetry(""),
    poetry("").replace(",\n]", ',\n    {file = "a.whl", hash = "sha256:cc"},\n]\n'),
  ],
  [
    "pypi: another index in poetry's lock",
    "poetry.lock",
    poetry(""),
    poetry('[package.source]\ntype = "legacy"\nurl = "https://host.example/simple"\nreference = "x"\n'),
    "high foreign-host",
  ],
  [
    "pypi: another host for a file",
    "uv.lock",
    uv('{ registry = "https://pypi.org/simple" }'),
    uv('{ registry = "https://pypi.org/simple" }', "sha256:aa", "https://host.example/a.tar.gz"),
    "high foreign-host",
  ],
  [
    "pypi: another index in uv's lock",
    "uv.lock",
    uv('{ registry = "https://pypi.org/simple" }'),
    uv('{ registry = "https://host.example/simple" }'),
    "high foreign-host",
  ],
  [
    "pypi: the project itself in uv's lock",
    "uv.lock",
    uv('{ registry = "https://pypi.org/simple" }'),
    `${uv('{ registry = "https://pypi.org/simple" }')}[[package]]\nname = "me"\nversion = "1"\nsource = { editable = "." }\n`,
  ],
  [
    "pypi: an index in pip's settings",
    "pip.conf",
    "",
    "[global]\nindex-url = https://host.example/simple\n",
    "critical registry-added",
  ],
  // JVM
  [
    "maven: another repository",
    "pom.xml",
    "<project></project>",
    "<project><repositories><repository><id>x</id><url>https://host.example/m2</url></repository></repositories></project>",
    "high registry-added",
  ],
  [
    "maven: the central one",
    "pom.xml",
    "<project></project>",
    "<project><repositories><repository><url>https://repo1.maven.org/maven2</url></repository></repositories></project>",
  ],
  [
    "maven: in a comment",
    "pom.xml",
    "<project></project>",
    "<project><!-- <repository><url>https://host.example</url></repository> --></project>",
  ],
  [
    "maven: plain http",
    "pom.xml",
    "<project></project>",
    "<project><pluginRepositories><pluginRepository><url>http://host.example/m2</url></pluginRepository></pluginRepositories></project>",
    "high plain-source",
  ],
  [
    "maven: a mirror of everything",
    ".mvn/settings.xml",
    "<settings></settings>",
    "<settings><mirrors><mirror><url>https://host.example</url></mirror></mirrors></settings>",
    "critical registry-added",
  ],
  [
    "maven: the wrapper's address",
    ".mvn/wrapper/maven-wrapper.properties",
    "distributionUrl=https://repo.maven.apache.org/maven2/a.zip\n",
    "distributionUrl=https://host.example/a.zip\n",
    "critical registry-added",
  ],
  [
    "gradle: the wrapper's address",
    "gradle/wrapper/gradle-wrapper.properties",
    "distributionUrl=https\\://services.gradle.org/distributions/gradle-8.zip\n",
    "distributionUrl=https\\://host.example/gradle-8.zip\n",
    "critical registry-added",
  ],
  [
    "gradle: a newer release",
    "gradle/wrapper/gradle-wrapper.properties",
    "distributionUrl=https\\://services.gradle.org/distributions/gradle-8.1-bin.zip\n",
    "distributionUrl=https\\://services.gradle.org/distributions/gradle-8.2-bin.zip\n",
  ],
  [
    "gradle: the wrapper's hash is gone",
    "gradle/wrapper/gradle-wrapper.properties",
    "distributionSha256Sum=aa\n",
    "networkTimeout=1\n",
    "medium protection-off",
  ],
  [
    "gradle: another repository",
    "build.gradle",
    "repositories { mavenCentral() }",
    "repositories { mavenCentral()\n maven { url 'https://host.example/m2' } }",
    "high registry-added",
  ],
  [
    "gradle: the same in Kotlin",
    "build.gradle.kts",
    "",
    'repositories { maven("https://host.example/m2") }',
    "high registry-added",
  ],
  [
    "gradle: in a comment and in a text",
    "build.gradle",
    "",
    "// maven { url 'https://host.example' }\n/* maven { url 'https://host.example' } */\nprintln 'maven { url https://host.example }'",
  ],
  [
    "gradle: plain http is let in",
    "settings.gradle",
    "",
    "maven { url 'https://repo.spring.io/x'\n allowInsecureProtocol = true }",
    "high protection-off",
  ],
  [
    "gradle: a script from an address",
    "build.gradle",
    "",
    "apply from: 'https://host.example/x.gradle'",
    "high url-source",
  ],
  ["gradle: a script of the checkout", "build.gradle", "", "apply from: 'gradle/x.gradle'"],
  // Ruby
  [
    "ruby: another source",
    "Gemfile",
    "source 'https://rubygems.org'\ngem 'a'",
    "source 'https://host.example'\ngem 'a'",
    "critical registry-added",
  ],
  [
    "ruby: a source for a block",
    "Gemfile",
    "source 'https://rubygems.org'",
    "source 'https://rubygems.org'\nsource 'https://host.example' do\n  gem 'b'\nend",
    "high registry-added",
  ],
  [
    "ruby: a repository",
    "Gemfile",
    "gem 'a'",
    "gem 'a'\ngem 'b', '~> 1',\n  git: 'https://github.com/else/b'",
    "high git-source",
  ],
  ["ruby: the older form", "Gemfile", "gem 'a'", "gem 'a'\ngem 'b', :github => 'else/b'", "high git-source"],
  [
    "ruby: a gem and a path",
    "Gemfile",
    "gem 'a'",
    "gem 'a', '~> 2'\ngem 'b', path: 'b'\n# gem 'c', git: 'https://github.com/else/c'",
  ],
  [
    "ruby: another remote in the lock",
    "Gemfile.lock",
    gems("https://rubygems.org/"),
    gems("https://host.example/"),
    "high registry-added",
  ],
  [
    "ruby: another hash",
    "Gemfile.lock",
    gems("https://rubygems.org/", "\nCHECKSUMS\n  a (1.0) sha256=aa\n"),
    gems("https://rubygems.org/", "\nCHECKSUMS\n  a (1.0) sha256=bb\n"),
    "high hash-changed",
  ],
  [
    "ruby: hashes are begun",
    "Gemfile.lock",
    gems("https://rubygems.org/"),
    gems("https://rubygems.org/", "\nCHECKSUMS\n  a (1.0) sha256=aa\n"),
  ],
  // Composer
  [
    "composer: another repository",
    "composer.json",
    "{}",
    '{"repositories":[{"type":"composer","url":"https://host.example"}]}',
    "high registry-added",
  ],
  [
    "composer: a repository of code",
    "composer.json",
    "{}",
    '{"repositories":{"b":{"type":"vcs","url":"https://github.com/else/b"}}}',
    "high git-source",
  ],
  [
    "composer: a package from an address",
    "composer.json",
    "{}",
    '{"repositories":[{"type":"package","package":{"name":"a/b","dist":{"url":"http://host.example/b.zip","type":"zip"}}}]}',
    "high plain-source",
  ],
  [
    "composer: a new requirement",
    "composer.json",
    "{}",
    '{"require":{"a/b":"^1"},"repositories":[{"type":"path","url":"../b"}]}',
  ],
  [
    "composer: another host in the lock",
    "composer.lock",
    php("https://api.github.com/repos/a/b/zipball/aa"),
    php("https://host.example/b.zip"),
    "high foreign-host",
  ],
  [
    "composer: another hash",
    "composer.lock",
    php("https://packagist.org/b.zip", "aa"),
    php("https://packagist.org/b.zip", "bb"),
    "high hash-changed",
  ],
  [
    "composer: a newer commit",
    "composer.lock",
    php("https://api.github.com/repos/a/b/zipball/aa"),
    php("https://api.github.com/repos/a/b/zipball/bb"),
  ],
  // git
  [
    "git: a submodule of somebody",
    ".gitmodules",
    "",
    '[submodule "a"]\n\tpath = a\n\turl = https://github.com/else/a.git\n',
    "high git-source",
  ],
  [
    "git: one of the same owner",
    ".gitmodules",
    "",
    '[submodule "a"]\n\tpath = a\n\turl = git@github.com:our-org/a.git\n',
    "medium git-source",
  ],
  [
    "git: a submodule moves to another owner",
    ".gitmodules",
    '[submodule "a"]\n\turl = https://github.com/x/a\n',
    '[submodule "a"]\n\turl = https://github.com/else/a\n',
    "medium git-source",
  ],
  [
    "git: the unencrypted protocol",
    ".gitmodules",
    "",
    '[submodule "a"]\n\turl = git://github.com/our-org/a\n',
    "high plain-source",
  ],
  [
    "git: a branch of a submodule",
    ".gitmodules",
    '[submodule "a"]\n\turl = https://github.com/x/a\n',
    '[submodule "a"]\n\turl = https://github.com/x/a\n\tbranch = b\n',
  ],
  [
    "git: a newer hook of pre-commit",
    ".pre-commit-config.yaml",
    "repos:\n- repo: https://github.com/x/a\n  rev: v1\n",
    "repos:\n- repo: https://github.com/x/a\n  rev: v2\n",
  ],
];

test.each(ROWS)("dependency shifts: %s", (_what, path, before, after, ...expected) => {
  expect(said({ path, before, after })).toEqual(expected.toSorted());
});

const NEWER = { ...A, ...entry("b") };

test.each<readonly [string, Omit<Given, "path" | "before">, readonly string[]]>([
  [
    "by a person, without its manifest",
    { after: lock(NEWER), manifest: deps({ a: "^1", b: "^1" }), lockAlone: true },
    ["medium lock-alone"],
  ],
  [
    "by a bot, without its manifest",
    { after: lock(NEWER), manifest: deps({ a: "^1", b: "^1" }), lockAlone: true, around: { bot: true } },
    ["low lock-alone"],
  ],
  ["with its manifest", { after: lock(NEWER), manifest: deps({ a: "^1", b: "^1" }) }, []],
  ["and the manifest was not at hand", { after: lock(NEWER) }, []],
  ["and only an entry goes", { after: lock({}), manifest: deps({}), lockAlone: true }, []],
  [
    "from a repository that the manifest names",
    {
      after: lock({ ...A, ...entry("b", { resolved: "git+ssh://git@github.com/else/b.git#aa" }) }),
      manifest: deps({ a: "^1", b: "else/b" }),
    },
    [],
  ],
  [
    "from a repository that it does not name",
    {
      after: lock({ ...A, ...entry("b", { resolved: "git+ssh://git@github.com/else/b.git#aa" }) }),
      manifest: deps({ a: "^1", b: "^1" }),
    },
    ["high git-source"],
  ],
])("dependency shifts: a lock file changes %s", (_what, given, expected) => {
  expect(said({ path: "package-lock.json", before: lock(A), ...given })).toEqual(expected);
});

test("dependency shifts: many dependencies of one owner are one finding, which counts them", () => {
  const after = deps({ x: "else/x", y: "else/y", z: "else/z" });
  expect(compared({ path: "package.json", before: deps({}), after }).map(({ fact }) => fact)).toEqual([
    "x comes from a git repository of github.com/else, as 2 more after x do.",
  ]);
});

test("dependency shifts: where every hash of a file changes kind of sum, it is one finding and medium", () => {
  const all = Array.from({ length: 30 }, (_, index) => `p${index}`);
  const file = (integrity: string): string =>
    lock(Object.assign({}, ...all.map((name) => entry(name, { integrity }))), {
      dependencies: Object.fromEntries(all.map((name) => [name, "^1"])),
    });
  expect(said({ path: "package-lock.json", before: file(HASH), after: file(OTHER) })).toEqual(["medium hash-changed"]);
});

test("dependency shifts: a fact stands at its line, and shows of a name what is plain", () => {
  const after = '{\n  "dependencies": {\n    "b<img src=x>\\u202e`": "else/b"\n  }\n}\n';
  expect(compared({ path: "package.json", before: deps({}), after })).toEqual([
    expect.objectContaining({
      line: 3,
      endLine: 3,
      fact: "bimg src=x comes from a git repository of github.com/else.",
    }),
  ]);
});
