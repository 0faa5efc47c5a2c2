import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { TestGitHub } from "../web/support/github.ts";

const CHROMIUM = "/usr/bin/chromium";
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGUMENTS });

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, "127.0.0.1");
  await new Promise((resolve) => socket.once("listening", resolve));
  const { port } = socket.address() as AddressInfo;
  await new Promise((resolve) => socket.close(resolve));
  return port;
}

/** GitHub as far as a browser needs it: who are you, may this App be made, and back with a code. */
export async function signInPages(
  people: () => TestGitHub | null,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const state = url.searchParams.get("state") ?? "";
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (request.method === "POST") {
      void text(request).then((body) => response.end(appForm(body, state)));
      return;
    }
    const back = url.searchParams.get("redirect_uri") ?? "http://localhost/";
    const links = [...(people()?.logins ?? [])].map(([id, login]) => link(back, { code: String(id), state }, login));
    response.end(`<title>GitHub</title>${links.join(" ")}`);
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function appForm(body: string, state: string): string {
  const manifest = JSON.parse(new URLSearchParams(body).get("manifest") ?? "{}");
  return `<title>GitHub</title><p>${manifest.default_events}</p>${link(manifest.redirect_url, { code: "manifest-code", state }, "Create GitHub App")}`;
}

function link(to: string, query: Record<string, string>, name: string): string {
  const address = new URL(to);
  for (const [key, value] of Object.entries(query)) address.searchParams.set(key, value);
  return `<a href="${address.toString().replaceAll("&", "&amp;")}">${name}</a>`;
}

/** Where pictures of a run go. */
export const pictures = process.env.SALLYPORT_PICTURES ?? mkdtempSync(join(tmpdir(), "sallyport-pages-"));

export const LOOKS = [
  { name: "desktop-light", width: 1280, height: 900, colorScheme: "light" },
  { name: "desktop-dark", width: 1280, height: 900, colorScheme: "dark" },
  { name: "phone-light", width: 390, height: 844, colorScheme: "light" },
  { name: "phone-dark", width: 390, height: 844, colorScheme: "dark" },
] as const;
export type Look = (typeof LOOKS)[number];

export function contextFor(browser: Browser, look: Look): Promise<BrowserContext> {
  const { width, height, colorScheme } = look;
  // axe has to be put into the page, which our policy forbids; scripts of the page itself stay off.
  return browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true, reducedMotion: "reduce" });
}

/** What axe finds wrong, as short lines; the size of targets (WCAG 2.2), which axe leaves off by itself, included. */
export async function faults(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: axe.source });
  const results = await page.evaluate(() =>
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the page's window.
    (globalThis as any).axe.run(document, { rules: { "target-size": { enabled: true } } }),
  );
  return results.violations.flatMap(
    (violation: { id: string; nodes: { target: string[]; failureSummary: string }[] }) =>
      violation.nodes.map(({ target, failureSummary }) => `${violation.id}: ${target.join(" ")} ${failureSummary}`),
  );
}

/** A picture of the whole page. */
export const picture = (page: Page, name: string, look: Look): Promise<Buffer> =>
  page.screenshot({ path: join(pictures, `${name}-${look.name}.png`), fullPage: true });
