/** Where most stories begin: the demo's organization is connected and scanned, and its administrator signed in. */
import type { Page } from "playwright-core";
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

export async function openConnected(): Promise<Connected> {
  const [browser, sallyport] = await Promise.all([openBrowser(), startSallyport()]);
  const { organization, token, pullRequests } = sallyport.seed;
  const api = createApiClient(sallyport.url);
  const { signInUrl } = await connectDemo(api, new URL(sallyport.firstStart).searchParams.get("token") ?? "", {
    organization: organization.name,
    token: token.value,
    openPullRequests: pullRequests.filter(({ status }) => status === "active").length,
  });
  const context = await browser.openContext();
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const look = partsOf(page);
  await page.goto(signInUrl);
  await look.heading("Overview").waitFor();
  return { browser, sallyport, api, page, complaints, look };
}
