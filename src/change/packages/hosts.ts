import type { EcosystemId } from "./contract.ts";

/**
 * What a host is to an ecosystem: `home` is its public registry, `mirror` a public copy of it, `tenant` a service where
 * anybody may keep a registry of his own, `local` this machine, `foreign` anything else.
 */
export type HostKind = "home" | "mirror" | "tenant" | "local" | "foreign";

interface Hosts {
  readonly home: readonly string[];
  readonly mirror?: readonly string[];
  /** Where it is written down. */
  readonly source: string;
}

const JVM: Hosts = {
  home: [
    "repo.maven.apache.org",
    "repo1.maven.org",
    "central.sonatype.com",
    "oss.sonatype.org",
    "s01.oss.sonatype.org",
    "repository.apache.org",
    "plugins.gradle.org",
    "plugins-artifacts.gradle.org",
    "repo.gradle.org",
    "services.gradle.org",
    "downloads.gradle.org",
    "dl.google.com",
    "maven.google.com",
    "repo.spring.io",
    "archive.apache.org",
    "packages.jetbrains.team",
    "cache-redirector.jetbrains.com",
    "dlcdn.apache.org",
  ],
  mirror: [
    "maven.aliyun.com",
    "repo.huaweicloud.com",
    "maven-central.storage.googleapis.com",
    "mirrors.cloud.tencent.com",
  ],
  source:
    "https://maven.apache.org/repository/ and https://docs.gradle.org/current/userguide/declaring_repositories.html",
};

const HOSTS: Readonly<Record<EcosystemId, Hosts>> = {
  npm: {
    home: ["registry.npmjs.org", "registry.yarnpkg.com", "npm.jsr.io", "registry.npmjs.com", "repo.yarnpkg.com"],
    mirror: ["registry.npmmirror.com", "registry.npm.taobao.org", "r.cnpmjs.org", "mirrors.cloud.tencent.com"],
    source:
      "https://docs.npmjs.com/cli/using-npm/registry and https://yarnpkg.com/configuration/yarnrc#npmRegistryServer",
  },
  cargo: {
    home: ["index.crates.io", "static.crates.io", "crates.io"],
    mirror: ["rsproxy.cn", "mirrors.ustc.edu.cn", "mirrors.tuna.tsinghua.edu.cn"],
    source: "https://doc.rust-lang.org/cargo/reference/registries.html",
  },
  go: {
    home: ["proxy.golang.org", "sum.golang.org"],
    mirror: ["goproxy.io", "goproxy.cn"],
    source: "https://go.dev/ref/mod",
  },
  pypi: {
    home: ["pypi.org", "files.pythonhosted.org", "pypi.python.org", "pythonhosted.org", "download.pytorch.org"],
    mirror: [
      "pypi.tuna.tsinghua.edu.cn",
      "mirrors.aliyun.com",
      "pypi.douban.com",
      "test.pypi.org",
      "pypi.mirrors.ustc.edu.cn",
    ],
    source: "https://docs.pypi.org/api/ and https://pytorch.org/get-started/locally/",
  },
  maven: JVM,
  gradle: JVM,
  ruby: {
    home: ["rubygems.org", "index.rubygems.org", "www.rubygems.org"],
    mirror: ["mirrors.tuna.tsinghua.edu.cn"],
    source: "https://guides.rubygems.org/rubygems-org-api/",
  },
  composer: {
    home: [
      "packagist.org",
      "repo.packagist.org",
      "api.github.com",
      "codeload.github.com",
      "github.com",
      "gitlab.com",
      "bitbucket.org",
    ],
    mirror: ["mirrors.aliyun.com", "mirrors.cloud.tencent.com"],
    source: "https://getcomposer.org/doc/05-repositories.md",
  },
  git: { home: [], source: "https://git-scm.com/docs/gitmodules" },
};

/** Services that give everybody a registry: the host alone says nothing about whose it is. */
const TENANT =
  /(?:^|\.)(?:pkg\.github\.com|pkgs\.dev\.azure\.com|pkgs\.visualstudio\.com|jfrog\.io|pkg\.dev|cloudsmith\.io|fury\.io|gemfury\.com|myget\.org|jitpack\.io|jetbrains\.space|gitlab\.com|buildkite\.com)$|\.codeartifact\.[a-z0-9-]+\.amazonaws\.com$/;
const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|host\.docker\.internal)$/;

export function hostKind(ecosystem: EcosystemId, host: string): HostKind {
  const known = HOSTS[ecosystem];
  if (known.home.includes(host)) return "home";
  if (known.mirror?.includes(host)) return "mirror";
  if (LOCAL.test(host)) return "local";
  return TENANT.test(host) ? "tenant" : "foreign";
}
