import { integer, isLoopback, ok, oneOf, type Parsed, privateKey, publicUrl, refused } from "./variable-parsers.ts";

/** One environment variable: how it reads in `.env.example`, and how its text becomes a value. */
export interface Variable<T> {
  readonly group: "app" | "github" | "server" | "store" | "notify" | "log";
  /** What it is, in one or two sentences. */
  readonly about: string;
  /** Unit, range or form. */
  readonly unit: string;
  /** The text that applies when it is unset or empty; null when there is none. */
  readonly fallback: string | null;
  readonly secret: boolean;
  readonly parse: (text: string) => Parsed<T>;
}

/** Every variable Sallyport reads, in the order of `.env.example`; Probot's names where Probot has one. */
export const VARIABLES = {
  APP_ID: {
    group: "app",
    about: "Id of the GitHub App. Without it, PRIVATE_KEY and PRIVATE_KEY_PATH, `serve` opens the set-up page.",
    unit: "positive integer",
    fallback: null,
    secret: false,
    parse: integer(1, Number.MAX_SAFE_INTEGER),
  },
  PRIVATE_KEY: {
    group: "app",
    about: "Private key of the App. Give this or PRIVATE_KEY_PATH.",
    unit: "PEM on several lines, PEM with \\n for line ends, or base64 of the PEM",
    fallback: null,
    secret: true,
    parse: privateKey,
  },
  PRIVATE_KEY_PATH: {
    group: "app",
    about: "File that holds the private key; refused when everybody on the machine may read it.",
    unit: "path, mode 0600 or 0400",
    fallback: null,
    secret: false,
    parse: ok<string>,
  },
  WEBHOOK_SECRET: {
    group: "app",
    about: "Secret that GitHub signs deliveries with. Make one with: openssl rand -hex 32",
    unit: "at least 32 bytes",
    fallback: null,
    secret: true,
    parse: ok<string>,
  },
  WEBHOOK_SECRET_PREVIOUS: {
    group: "app",
    about: "The secret before the current one, accepted as well while a rotation is under way.",
    unit: "at least 32 bytes",
    fallback: null,
    secret: true,
    parse: ok<string>,
  },
  GITHUB_CLIENT_ID: {
    group: "app",
    about: "Client id of the App, for the login to the private pages.",
    unit: "text as GitHub shows it",
    fallback: null,
    secret: false,
    parse: ok<string>,
  },
  GITHUB_CLIENT_SECRET: {
    group: "app",
    about: "Client secret of the App, for the login to the private pages.",
    unit: "text as GitHub shows it",
    fallback: null,
    secret: true,
    parse: ok<string>,
  },
  SESSION_SECRET: {
    group: "app",
    about: "Seals session cookies. When unset it is derived from the private key, so all machines agree on it.",
    unit: "at least 32 bytes",
    fallback: null,
    secret: true,
    parse: (text: string) =>
      Buffer.byteLength(text) >= 32
        ? ok(text)
        : refused("shorter than 32 bytes", "make one with `openssl rand -hex 32`"),
  },
  GHE_HOST: {
    group: "github",
    about:
      "Host of a GitHub Enterprise Server, or SUBDOMAIN.ghe.com of an enterprise with data residency; unset for github.com.",
    unit: "host or host:port",
    fallback: null,
    secret: false,
    parse: (text: string) =>
      /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:]+\](:\d{1,5})?$/i.test(text)
        ? ok(text)
        : refused("not a host", "write host or host:port, without https:// and path"),
  },
  GHE_PROTOCOL: {
    group: "github",
    about: "Protocol of that server; http only towards this machine, because tokens travel there.",
    unit: "https | http",
    fallback: "https",
    secret: false,
    parse: oneOf(["https", "http"]),
  },
  PUBLIC_URL: {
    group: "server",
    about: "Address under which GitHub and maintainers reach the web part; https behind a proxy that ends TLS.",
    unit: "URL without a path, http only for this machine; unset for http://localhost:PORT",
    fallback: null,
    secret: false,
    parse: publicUrl,
  },
  WEBHOOK_PROXY_URL: {
    group: "server",
    about:
      "Development only: a channel of smee.io for GitHub to send events to, where it cannot reach this machine. Whoever knows the channel reads them.",
    unit: "https URL; refused where NODE_ENV is production",
    fallback: null,
    secret: true,
    parse: (text: string) =>
      URL.canParse(text) && (/^https:/.test(text) || isLoopback(new URL(text).host))
        ? ok(text)
        : refused("not an https URL", "open https://smee.io/new and copy the address of the channel"),
  },
  HOST: {
    group: "server",
    about: "Address the web part listens on; 0.0.0.0 in a container.",
    unit: "IP address or host name",
    fallback: "127.0.0.1",
    secret: false,
    parse: ok<string>,
  },
  PORT: {
    group: "server",
    about: "Port the web part listens on.",
    unit: "port, 0 to 65535; 0 takes a free one",
    fallback: "3000",
    secret: false,
    parse: integer(0, 65_535),
  },
  TRUSTED_PROXY_HOPS: {
    group: "server",
    about: "Proxies in front whose X-Forwarded-For is believed, counted from this process; rate limits need it.",
    unit: "count, 0 to 10",
    fallback: "0",
    secret: false,
    parse: integer(0, 10),
  },
  PRIVACY_CONTACT: {
    group: "server",
    about:
      "Whom contributors write to about what is stored; /privacy shows it. Unset, they are sent to the maintainers.",
    unit: "mail or https address",
    fallback: null,
    secret: false,
    parse: (text: string) =>
      /^[^\s@:/]+@[^\s@:/]+$/.test(text) || (/^https?:\/\//.test(text) && URL.canParse(text))
        ? ok(text)
        : refused("neither a mail nor a web address", "write name@host or https://host/path"),
  },
  OPERATIONS_HOST: {
    group: "server",
    about: "Address for /healthz, /readyz and /metrics. They ask for no login: keep them inside.",
    unit: "IP address or host name",
    fallback: "127.0.0.1",
    secret: false,
    parse: ok<string>,
  },
  OPERATIONS_PORT: {
    group: "server",
    about: "Port for /healthz, /readyz and /metrics.",
    unit: "port, 0 to 65535; 0 takes a free one",
    fallback: "9464",
    secret: false,
    parse: integer(0, 65_535),
  },
  DATABASE_URL: {
    group: "store",
    about: "A PostgreSQL server; unset for the database inside the process.",
    unit: "postgres://user:password@host:port/database",
    fallback: null,
    secret: true,
    parse: (text: string) =>
      /^postgres(ql)?:\/\/\S+$/.test(text) && URL.canParse(text)
        ? ok(text)
        : refused("not a PostgreSQL address", "write postgres://user:password@host:port/database"),
  },
  DATA_DIR: {
    group: "store",
    about: "Directory of the database inside the process; one process at a time.",
    unit: "path",
    fallback: ".data",
    secret: false,
    parse: ok<string>,
  },
  NOTIFY_FILE: {
    group: "notify",
    about:
      "File that names who is told of audits and flags, and how; refused when everybody on the machine may read it.",
    unit: "path of a YAML file, mode 0600 or 0400",
    fallback: null,
    secret: false,
    parse: ok<string>,
  },
  LOG_LEVEL: {
    group: "log",
    about: "Least severe lines that are written.",
    unit: "fatal | error | warn | info | debug | trace | silent",
    fallback: "info",
    secret: false,
    parse: oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
  },
} as const satisfies Readonly<Record<string, Variable<unknown>>>;

export type VariableName = keyof typeof VARIABLES;

/** Variables of Probot that would make it fetch and run packages, or send deliveries through a third party. */
export const REFUSED_VARIABLES = {
  REDIS_URL: "Probot would fetch a package with npx at run time; Sallyport keeps its queue in its own database",
  SENTRY_DSN: "Probot would fetch a package with npx at run time, and errors would leave this machine",
} as const;
