import { IGNORABLE } from "../../characters.ts";

/** Names that package managers look for, as they write them. */
const NAMES = [
  ...["package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc", ".yarnrc", ".yarnrc.yml", "yarn.lock"],
  ...["pnpm-lock.yaml", "pnpm-workspace.yaml", ".pnpmfile.cjs", "bun.lock", "bunfig.toml", "binding.gyp"],
  ...["Cargo.toml", "Cargo.lock", "build.rs", "rust-toolchain.toml", "rust-toolchain", "go.mod", "go.sum", "go.work"],
  ...["requirements.txt", "pyproject.toml", "setup.py", "setup.cfg", "conftest.py", "sitecustomize.py", "pip.conf"],
  ...["usercustomize.py", "poetry.lock", "uv.lock", "uv.toml", "pdm.lock", "Pipfile", "Pipfile.lock", "pom.xml"],
  ...["build.gradle", "settings.gradle", "build.gradle.kts", "settings.gradle.kts", "gradle.properties"],
  ...["gradle-wrapper.properties", "gradle-wrapper.jar", "maven-wrapper.properties", "maven-wrapper.jar"],
  ...["Gemfile", "Gemfile.lock", "gems.rb", "gems.locked", "Rakefile", "extconf.rb", "Makefile", "composer.json"],
  ...["composer.lock", ".gitmodules", "lefthook.yml", ".pre-commit-config.yaml"],
];

const CANONICAL = new Map(NAMES.map((name) => [name.toLowerCase(), name]));
const UNSEEN = new RegExp(`[${IGNORABLE}]`, "gu");

/**
 * The path under which a package manager finds a file where the file system takes several writings of a name for one: in
 * any case, with letters that fold to others, with characters that nobody sees, with dots or blanks at the end. Paths of
 * other files are handed back as they are.
 */
export function foundAs(path: string): string {
  const cut = path.lastIndexOf("/") + 1;
  const name = path.slice(cut);
  const canonical = CANONICAL.get(folded(name));
  return canonical === undefined || canonical === name ? path : path.slice(0, cut) + canonical;
}

const folded = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(UNSEEN, "")
    .toLowerCase()
    .replace(/[. ]{1,9}$/, "");
