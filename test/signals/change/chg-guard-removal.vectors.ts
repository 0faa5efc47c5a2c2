import type { ChangedFile } from "../../../src/change/change.ts";
import { filesOf } from "../given.ts";
import { added, boundary, edited, saying, type Trick, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";

const removed = (path: string, line = "a"): ChangedFile => ({ ...edited(path, `-${line}`), status: "removed" });
const tests = (count: number): readonly ChangedFile[] =>
  Array.from({ length: count }, (_, at) => removed(`src/a${at}.test.ts`));
const source = edited("src/a.ts", "-a", "+b");

const OUT: readonly (readonly [path: string, line: string])[] = [
  ["Makefile", "CFLAGS += -fstack-protector-strong"],
  ["CMakeLists.txt", "add_compile_options(-D_FORTIFY_SOURCE=2)"],
  ["configure.ac", "LDFLAGS=-Wl,-z,relro"],
  ["meson.build", "'-fcf-protection',"],
  ["ci/build.sh", "CC='clang -fsanitize=address'"],
  [".github/workflows/fuzz-all.yml", "uses: google/oss-fuzz/infra"],
  ["CMakeLists.txt", "check_c_source(HAVE_LINUX_LANDLOCK)"],
  ["src/sandbox.c", "if (seccomp_load(ctx) < 0) die();"],
  ["src/main.c", 'pledge("stdio rpath", NULL);'],
  ["x.service", "NoNewPrivileges=yes"],
  [".github/settings.yml", "      enforce_admins: true"],
  [".github/rulesets/main.json", '"required_status_checks": []'],
  ["scripts/fetch.sh", "gpg --batch --verify a.sig a"],
  ["scripts/fetch.sh", "sha256sum -c sums"],
  [".github/workflows/a.yml", "run: cosign verify-blob a"],
];
const IN: readonly (readonly [path: string, line: string])[] = [
  ["src/a.js", "new Agent({ rejectUnauthorized: false })"],
  ["src/a.sh", "export NODE_TLS_REJECT_UNAUTHORIZED=0"],
  ["src/a.go", "tls.Config{InsecureSkipVerify: true}"],
  ["src/a.py", "requests.get(u, verify=False)"],
  ["src/a.rs", "builder.danger_accept_invalid_certs(true)"],
  ["Dockerfile", "RUN apt-get install --allow-unauthenticated x"],
  ["a.repo", "gpgcheck = 0"],
  ["ci.yml", "GOSUMDB: off"],
  ["x.sh", "zypper --no-gpg-checks in x"],
];

export default [
  ...tricks([
    ...OUT.map(
      ([path, line]): Trick => [
        `${line.trim().slice(0, 40)} is taken out of ${path}`,
        edited(path, ` a`, `-${line}`),
        "high",
      ],
    ),
    ...IN.map(([path, line]): Trick => [`${line.slice(0, 40)} comes in`, added(path, line), "medium"]),
    ["the owners of the code are removed", removed(".github/CODEOWNERS"), "high"],
    ["a scan is removed", removed(".github/workflows/codeql-analysis.yml"), "high"],
    ["settings of a secret scanner are removed", removed(".gitleaks.toml"), "high"],
    ["a part loses its owner", edited("CODEOWNERS", " * @octo-org/all", "-/src/crypto/ @octo-org/crypto"), "medium"],
    ["a part keeps its pattern and loses its owner", edited("CODEOWNERS", "-/src/ @octo-org/a", "+/src/"), "medium"],
    ["many tests go while a source changes", [source, ...tests(6)], "medium"],

    [
      "a flag moves to another file",
      [edited("Makefile", "-CFLAGS += -fstack-protector"), added("flags.mk", "CFLAGS += -fstack-protector")],
      null,
    ],
    ["a flag is written anew on the same line", edited("Makefile", "-A = -fPIE -O1", "+A = -fPIE -O2"), null],
    ["a remark about a sandbox goes", edited("src/a.c", "-// the seccomp filter"), null],
    ["a sandbox is named in a document", edited("docs/a.md", "-We use seccomp."), null],
    ["a sandbox in a test", edited("pkg/a_test.go", "-seccomp()"), null],
    ["a sandbox in what others wrote", edited("vendor/a.c", "-seccomp()"), null],
    ["a file goes with its sandbox", removed("src/old.c", "seccomp();"), null],
    ["a part changes its owner", edited("CODEOWNERS", "-/src/ @octo-org/a", "+/src/ @octo-org/b"), null],
    ["a remark of the owners' file goes", edited("CODEOWNERS", "-# crypto @octo-org"), null],
    ["a part gets an owner", edited("CODEOWNERS", "+/src/ @octo-org/b"), null],
    ["certificates are unchecked in a test", added("test/a.js", "rejectUnauthorized: false"), null],
    ["a check that was off moves", edited("src/a.py", "-get(u, verify=False)", "+post(u, verify=False)"), null],
    ["certificates are checked again", edited("src/a.py", "-get(u, verify=False)", "+get(u)"), null],
    ["a remark about unchecked certificates", added("src/a.py", "# never use verify=False"), null],
    ["many tests go with what they tested", tests(6), null],
    [
      "many tests are moved",
      [source, ...tests(6), ...Array.from({ length: 6 }, (_, at) => added(`t/a${at}.test.ts`, "a"))],
      null,
    ],
    ["an ordinary workflow is removed", removed(".github/workflows/docs.yml"), null],
    ["a word that begins alike", edited("src/a.ts", "-pledged();"), null],
  ]),
  ...saying(["a sandbox", edited("src/a.c", "-seccomp();"), "high"], "A sandbox is taken out."),
  ...boundary(["four tests go", [source, ...tests(4)], null], ["five tests go", [source, ...tests(5)], "medium"]),
  {
    kind: "unknown",
    when: "the list is cut",
    given: { "change.files": { ...filesOf(added("a.ts", "a")), truncated: true } },
    expect: { outcome: "unknown" },
  },
] satisfies readonly Vector[];
