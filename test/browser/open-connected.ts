/** Where most stories begin: the demo's organization is connected and scanned, and its administrator signed in. */
import type { Page } from "playwright-core";
import type { SignInLink } from "#api/sign-in-links/contract.ts";
import { type ApiClient, createApiClient } from "../../scripts/demo/api-client.ts";
import { connectDemo } from "../../scripts/demo/connect-demo.ts";
import { complaintsOf, type OpenBrowser, openBrowser } from "./open-browser.ts";
import { type PageParts, partsOf } from "./parts-of.ts";
import { type RunningSallyport, startSallyport } from "./start-sallyport.ts";

export interface Connected {
  readonly browser: OpenBrowser;
  readonly sallyport: RunningSallyport;
  readonly api: ApiClient;
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly look: PageParts;
}

type Started = Pick<Connected, "browser" | "sallyport" | "api">;

export interface SharedConnected extends Connected {
  /** The last one stops the server. */
  readonly close: () => Promise<void>;
}

let shared: Promise<Started> | undefined;
let users = 0;

/** For stories that one process tells one after the other: they share a server, and each has a page of its own while it lasts. */
export async function shareConnected(): Promise<SharedConnected> {
  users += 1;
  shared ??= start();
  const started = await shared;
  const connected = await openPage(started);
  const close = async () => {
    users -= 1;
    // A page that stays open asks again for all that it shows whenever something changes.
    await connected.page.context().close();
    if (users > 0) return;
    await started.browser.close();
    await started.sallyport.stop();
  };
  return { ...connected, close };
}

async function start(): Promise<Started> {
  const [browser, sallyport] = await Promise.all([openBrowser(), startSallyport()]);
  const { organization, token, pullRequests } = sallyport.seed;
  const api = createApiClient(sallyport.url);
  await connectDemo(api, new URL(sallyport.firstStart).searchParams.get("token") ?? "", {
    organization: organization.name,
    token: token.value,
    openPullRequests: pullRequests.filter(({ status }) => status === "active").length,
  });
  return { browser, sallyport, api };
}

async function openPage({ browser, sallyport, api }: Started): Promise<Connected> {
  const { url } = await api.post<SignInLink>("/api/sign-in-links");
  const context = await browser.openContext();
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const look = partsOf(page);
  await page.goto(url);
  await look.heading("Overview").waitFor();
  return { browser, sallyport, api, page, complaints, look };
}
