/**
 * Host of an address that git made up from the machine because nobody had set one (`user@host.local`); null for
 * every other address. Lower case, without the suffix of the local network.
 */
export function machineOf(address: string): string | null {
  const at = address.lastIndexOf("@");
  if (at < 1) return null;
  const domain = address.slice(at + 1);
  const local = LOCAL.exec(domain);
  const host = local ? domain.slice(0, local.index) : domain.includes(".") ? null : domain;
  return host === null || host === "" || host === "localhost" ? null : host;
}

/** Suffixes of networks that nobody else can reach; `.(none)` is git's own for a machine without any. */
const LOCAL = /\.(?:local|lan|localdomain|home|internal|intranet|fritz\.box|home\.arpa|\(none\))$/;

/**
 * True when a host name says little: images and devices are delivered with it, or it follows from its owner's name or
 * from a number a cloud gave out. Two people may well have the same.
 */
export const isCommonHost = (host: string): boolean =>
  host.length < MIN_RARE_LENGTH ||
  IMAGES.has(host.replace(/[-_.]?\d{1,3}$/, "")) ||
  PATTERNS.some((each) => each.test(host));

const MIN_RARE_LENGTH = 5;

const IMAGES = new Set([
  ...["ubuntu", "debian", "fedora", "centos", "archlinux", "arch", "manjaro", "kali", "linux", "linuxmint", "mint"],
  ...["opensuse", "suse", "gentoo", "nixos", "alpine", "popos", "pop-os", "raspberrypi", "penguin", "freebsd", "rhel"],
  ...["vagrant", "docker", "docker-desktop", "virtualbox", "vmware", "vm", "container", "codespaces", "gitpod", "wsl"],
  ...[
    "macbook",
    "macbook-pro",
    "macbook-air",
    "macbookpro",
    "macbookair",
    "imac",
    "imac-pro",
    "mac-mini",
    "mac-studio",
  ],
  ...["mac", "mbp", "mbpro", "mba", "desktop", "laptop", "notebook", "workstation", "computer", "server", "station"],
  ...["windows", "win", "thinkpad", "dell", "lenovo", "asus", "acer", "surface", "inspiron", "latitude", "xps"],
  ...["home", "work", "office", "dev", "devbox", "development", "localhost", "local", "host", "hostname", "machine"],
  ...[
    "master",
    "main",
    "build",
    "builder",
    "jenkins",
    "ci",
    "runner",
    "gitlab",
    "github",
    "test",
    "pc",
    "my-pc",
    "mypc",
  ],
]);

const PATTERNS: readonly RegExp[] = [
  // Possessive of an owner: "adas-macbook-pro", "ada-example-laptop-2".
  /(?:^|-)(?:macbook(?:-?(?:pro|air))?|imac|mac(?:-(?:mini|studio|pro))?|mbp|mba|pc|laptop|notebook|desktop|computer|thinkpad|ubuntu|linux|vm)(?:-\d+)?$/,
  // Containers, clouds and hosted editors.
  /^[0-9a-f]{12}$/,
  // The id of a Subversion repository, which git-svn gives to all who ever committed to it.
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  /^(?:ip|ec2|vps|vultr|ns|node|instance|runner|fv-az|pool|gke|aks|codespaces?|cs|workspace|ws|pod|srv|host|vm)-?[\d-]/,
  /^\d[\d.-]*$/,
];
