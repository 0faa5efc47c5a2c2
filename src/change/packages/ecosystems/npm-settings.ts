import { type Draft, draft, type Ecosystem } from "../contract.ts";
import { type Setting, settingsOf } from "../formats/ini.ts";
import { registryAt } from "../sources.ts";

const OFF = /^(?:false|0|null)$/i;
const ON = /^(?:true|1)?$/i;
const SCRIPTS = "packages run scripts when they are installed";

/** Settings that name a program or a file of code that the manager then runs or loads. */
const RUNS =
  /^(?:script-shell|git|node-options|pnpmfile|global-pnpmfile|shell|editor|viewer|init-module|node-gyp|yarn-path)$/;

/** `.npmrc`, and the older yarn's `.yarnrc`: which registries, which protections. */
export const npmSettings: Ecosystem = {
  id: "npm",
  reads: (path) => (/(?:^|\/)\.(?:npmrc|yarnrc)$/.test(path) ? "settings" : null),
  *read(path, text) {
    const found = draft();
    // yarn writes `key "value"`, npm `key=value`.
    const yarn = path.endsWith(".yarnrc");
    const settings = yarn ? yarnSettings(text) : settingsOf(text);
    for (const setting of settings) addSetting(found, setting);
    if (!settings.some(({ key, value }) => key === "ignore-scripts" && ON.test(value)))
      found.weakened.push({ setting: "no ignore-scripts", grade: "medium", lets: SCRIPTS, line: 1 });
    yield;
    return found;
  },
};

function yarnSettings(text: string): readonly Setting[] {
  return text.split("\n").flatMap((written, index) => {
    const [, key, value] = /^\s*"?([^\s"#]+)"?\s+"?([^"]*)"?\s*$/.exec(written) ?? [];
    return key === undefined || value === undefined
      ? []
      : [{ section: "", key: key.toLowerCase(), value, line: index + 1 }];
  });
}

function addSetting({ hooks, registries, weakened }: Draft, { key, value, line }: Setting): void {
  if (key === "registry") registries.push({ scope: "", source: registryAt(value), line });
  else if (/^@[^:]+:registry$/.test(key))
    registries.push({ scope: key.slice(0, key.indexOf(":")), source: registryAt(value), line });
  else if (/^(?:https?-)?proxy$/.test(key)) registries.push({ scope: "proxy", source: registryAt(value), line });
  else if (RUNS.test(key) && value !== "") hooks.push({ moment: "install", name: key, command: value, line });
  else if (key === "strict-ssl" && OFF.test(value))
    weakened.push({ setting: key, grade: "high", lets: "anybody on the network stand in for the registry", line });
  else if (key === "ignore-scripts" && OFF.test(value))
    weakened.push({ setting: key, grade: "medium", lets: SCRIPTS, line });
  else if (/^(?:unsafe-perm|dangerously-allow-all-builds)$/.test(key) && ON.test(value))
    weakened.push({ setting: key, grade: "medium", lets: "scripts of any package run when it is installed", line });
  else if (/^(?:verify-store-integrity|package-lock|lockfile|shrinkwrap)$/.test(key) && OFF.test(value))
    weakened.push({ setting: key, grade: "low", lets: "packages be installed that no lock file has fixed", line });
  else if (/^(?:cafile|ca)(?:\[\])?$/.test(key))
    weakened.push({ setting: key, grade: "medium", lets: "another authority vouch for registries", line });
}
