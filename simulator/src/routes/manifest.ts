import { generateKeyPairSync } from "node:crypto";
import { installApp, registerApp } from "../build/build-app.ts";
import { button, escaped, type PageRequest, type PageResponse, page, redirect } from "../http/page.ts";
import { fields, type Handler, listOf, notFound, textOf } from "../http/request.ts";
import { installationWebhook } from "../payload/installation.ts";
import { appView } from "../represent/app.ts";
import { accountNamed, organizationNamed } from "../world/lookup.ts";
import type { Account, World } from "../world/world.ts";
import type { App, PermissionLevel, Permissions } from "../world/world-apps.ts";

/** What is handed out once, when the code is converted. */
interface Created {
  readonly app: App;
  readonly pem: string;
}

/** Registering and installing an App by hand: the manifest flow and the installation page. */
export function manifestRoutes() {
  const created = new Map<string, Created>();
  return {
    /** POST with a manifest shows it with one button; the button's POST registers the App and goes back with a code. */
    newApp(request: PageRequest, organization: string | null): PageResponse {
      const { world, urls, form, query, path } = request;
      const owner = organization === null ? firstOwner(world) : organizationNamed(world, organization);
      if (owner === undefined) return page("Not Found", "<p>No such account.</p>", 404);
      const manifest = parsed(form.get("manifest") ?? "");
      const problem = problemOf(world, manifest);
      if (problem !== null) return page("Invalid manifest", `<p>${escaped(problem)}</p>`, 422);
      const name = textOf(manifest.name) ?? "";
      if (form.get("confirmed") === null) {
        const hidden = { manifest: form.get("manifest") ?? "", state: query.get("state") ?? "", confirmed: "yes" };
        return page("Create GitHub App", button(`${urls.html}${path}`, `Create ${name} for ${owner.login}`, hidden));
      }
      const code = request.random(20);
      created.set(code, register(request, owner, manifest));
      const to = new URL(textOf(manifest.redirect_url) ?? textOf(manifest.url) ?? urls.html);
      to.searchParams.set("code", code);
      const state = form.get("state");
      if (state !== null && state !== "") to.searchParams.set("state", state);
      return redirect(to.href);
    },
    /** Shows the accounts the App can be installed on; the button installs it everywhere there and tells the App. */
    install(request: PageRequest, slug: string): PageResponse {
      const { world, urls, form, path, now } = request;
      const app = [...world.apps.values()].find((candidate) => candidate.slug === slug);
      if (app === undefined) return page("Not Found", "<p>No such App.</p>", 404);
      const account = accountNamed(world, form.get("account") ?? "");
      if (request.method !== "POST" || account === undefined) {
        const targets = [...world.accounts.values()].filter(({ type }) => type === "Organization");
        const buttons = targets.map(({ login }) =>
          button(`${urls.html}${path}`, `Install on ${login}`, { account: login }),
        );
        return page(`Install ${app.name}`, buttons.join("\n"));
      }
      const installation = installApp(world, app, { account, at: now });
      const sender =
        account.type === "Organization" ? (world.accounts.get([...account.owners][0] ?? 0) ?? account) : account;
      const deliver = installationWebhook({ world, urls }, { installation, action: "created", sender });
      return {
        ...page("Installed", `<p>${escaped(app.name)} is installed on ${escaped(account.login)}.</p>`),
        deliver,
      };
    },
    /** The code for the credentials, once and without any authentication, as on GitHub. */
    conversions: ((request) => {
      const found = created.get(request.params.code ?? "");
      if (found === undefined) return notFound();
      created.delete(request.params.code ?? "");
      const { app, pem } = found;
      const secrets = {
        client_id: app.clientId,
        client_secret: app.clientSecret,
        webhook_secret: app.webhookSecret,
        pem,
      };
      return { status: 201, body: { ...appView(request.urls, request.world, app), ...secrets } };
    }) satisfies Handler,
  };
}

/** Without a login page, a personal App belongs to the first person who owns an organisation. */
function firstOwner(world: World): Account | undefined {
  const organization = [...world.accounts.values()].find(({ type }) => type === "Organization");
  return organization?.type === "Organization" ? world.accounts.get([...organization.owners][0] ?? 0) : undefined;
}

function problemOf(world: World, manifest: Readonly<Record<string, unknown>>): string | null {
  if (textOf(manifest.name) === null) return "name is missing: give the App a name of at most 34 characters";
  if ((textOf(manifest.name) ?? "").length > 34) return "name is too long: at most 34 characters";
  if (textOf(manifest.url) === null) return "url is missing: give the App's home page";
  const taken = [...world.apps.values()].some(({ slug }) => slug === slugOf(textOf(manifest.name) ?? ""));
  return taken ? "name is already taken: choose another" : null;
}

const slugOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

/** Two thousand bits are GitHub's own size. */
function register(
  { world, now, random }: PageRequest,
  owner: Account,
  manifest: Readonly<Record<string, unknown>>,
): Created {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  const app = registerApp(world, {
    slug: slugOf(textOf(manifest.name) ?? ""),
    name: textOf(manifest.name) ?? "",
    owner,
    publicKey,
    clientId: `Iv23${random(8)}`,
    clientSecret: random(20),
    webhookSecret: random(20),
    createdAt: now,
    hookUrl: textOf(fields(manifest.hook_attributes).url) ?? "",
    externalUrl: textOf(manifest.url) ?? "",
    callbackUrls: listOf(manifest.callback_urls).flatMap((url) => textOf(url) ?? []),
    permissions: permissionsOf(manifest.default_permissions),
    events: listOf(manifest.default_events).flatMap((name) => textOf(name) ?? []),
  });
  return { app, pem: privateKey };
}

const permissionsOf = (value: unknown): Permissions =>
  Object.fromEntries(Object.entries({ metadata: "read", ...fields(value) }).filter(isLevel));

const isLevel = (entry: [string, unknown]): entry is [string, PermissionLevel] =>
  entry[1] === "read" || entry[1] === "write" || entry[1] === "admin";

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return fields(JSON.parse(text));
  } catch {
    return {};
  }
}
