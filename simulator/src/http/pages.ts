import { frontPage } from "../routes/front-pages.ts";
import { workPage } from "../routes/work-pages.ts";
import type { Incoming, Simulation, SimulatorResponse } from "../simulation.ts";
import { type PageRequest, type PageResponse, page } from "./page.ts";

/** Everything outside the API: login, the manifest flow, the installation page. */
export async function pageFor(simulation: Simulation, incoming: Incoming): Promise<SimulatorResponse> {
  const { method, url, headers } = incoming;
  const { world, urls, random, clock, oauth, manifest } = simulation;
  const path = url.pathname;
  const request: PageRequest = {
    world,
    urls,
    random,
    now: clock.now(),
    method,
    path,
    query: url.searchParams,
    form: formOf(incoming),
    accept: headers.accept ?? "",
  };
  if (path === "/login/oauth/authorize") return shown(oauth.authorize(request));
  if (path === "/login/oauth/access_token" && method === "POST") return exchange(simulation, request);
  const [, organization] = /^\/organizations\/([^/]+)\/settings\/apps\/new$/.exec(path) ?? [];
  if (method === "POST" && (path === "/settings/apps/new" || organization !== undefined))
    return shown(manifest.newApp(request, organization ?? null));
  const [, slug] = /^\/github-apps\/([^/]+)\/installations\/new$/.exec(path) ?? [];
  if (slug !== undefined) return shown(manifest.install(request, slug));
  return shown(workPage(request) ?? frontPage(request) ?? page("Not Found", "<p>This page is not simulated.</p>", 404));
}

/** The token exchange can meet faults too. */
function exchange(simulation: Simulation, request: PageRequest): SimulatorResponse {
  const faults = simulation.faults.take("oauth/access_token");
  const early = faults.find((fault) => fault.kind === "status");
  const made = early === undefined ? simulation.oauth.accessToken(request) : page("Error", "", early.status);
  return { ...shown(made), faults };
}

const shown = ({ status, headers, body, deliver }: PageResponse): SimulatorResponse => ({
  status,
  headers,
  body,
  faults: [],
  after: deliver === undefined ? {} : { deliver },
});

function formOf({ headers, body }: Incoming): URLSearchParams {
  if (!headers["content-type"]?.includes("json")) return new URLSearchParams(body);
  const entries = Object.entries(parsed(body)).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(Object.fromEntries(entries));
}

function parsed(body: string): object {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
