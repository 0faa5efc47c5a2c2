import { draft, type Ecosystem } from "../contract.ts";
import { settingsOf } from "../formats/ini.ts";
import { registryAt } from "../sources.ts";

/** The wrappers of Gradle and Maven: where they download the build tool from, and the program that does it. */
export const wrappers: Ecosystem = {
  id: "gradle",
  reads(path) {
    if (/(?:^|\/)(?:gradle-wrapper|maven-wrapper)\.properties$/.test(path)) return "settings";
    if (/(?:^|\/)gradle\.properties$/.test(path)) return "settings";
    return /(?:^|\/)(?:gradle|maven)-wrapper\.jar$|(?:^|\/)MavenWrapperDownloader\.java$/.test(path) ? "code" : null;
  },
  *read(path, text) {
    const found = draft();
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (!path.endsWith(".properties")) {
      found.hooks.push({ moment: "build", name, command: `${text.length} characters`, line: 1 });
      return found;
    }
    let pinned: number | null = null;
    for (const { key, value, line } of settingsOf(text)) {
      const address = value.replace(/\\(.)/g, "$1");
      if (/^(?:distributionurl|wrapperurl)$/.test(key))
        found.registries.push({ scope: key, source: registryAt(address), line });
      if (/^(?:distributionsha256sum|wrappersha256sum)$/.test(key)) pinned = line;
      if (key === "validatedistributionurl" && value === "false")
        found.weakened.push({ setting: "validateDistributionUrl", grade: "low", lets: "a wrong address pass", line });
      if (key === "org.gradle.jvmargs" && /-javaagent:|-agentpath:|-agentlib:/.test(value))
        found.hooks.push({ moment: "build", name: "org.gradle.jvmargs", command: value, line });
      if (/^systemprop\.https?\.proxyhost$/.test(key))
        found.registries.push({ scope: "proxy", source: registryAt(`https://${address}`), line });
    }
    if (pinned === null && /wrapper/.test(name))
      found.weakened.push({
        setting: "no distributionSha256Sum",
        grade: "low",
        lets: "any file of that address be the build tool",
        line: 1,
      });
    yield;
    return found;
  },
};
