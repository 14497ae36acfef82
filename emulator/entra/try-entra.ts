/** For tests: two tenants, an app, an organization, and a browser that keeps cookies and fills in Entra's forms. */
import { addEntraApp, addGuest, addTenant } from "../build-tenants.ts";
import { addMembership, addOrganization, addUser } from "../build-world.ts";
import type { World } from "../world.ts";
import { azureDevOps } from "./permissions.ts";

export const callback = "http://127.0.0.1/api/sign-ins/callback";
export const everything = `${azureDevOps.id}/.default offline_access openid profile`;

/** Ada belongs to Brightwater and is a guest of Harbourline; Jonas belongs to Brightwater only. */
export function addEntraTo(world: World) {
  const brightwater = addTenant(world, { name: "Brightwater", domains: ["brightwater.example"] });
  const harbourline = addTenant(world, { name: "Harbourline", domains: ["harbourline.example"] });
  const organization = addOrganization(world, "brightwater", { tenantId: brightwater.id });
  const other = addOrganization(world, "harbourline", { tenantId: harbourline.id });
  const ada = addUser(world, "Ada Brandt", {
    mail: "ada@brightwater.example",
    organization,
    group: "collection administrators",
  });
  const jonas = addUser(world, "Jonas Lindqvist", { mail: "jonas@brightwater.example", organization });
  addGuest(world, ada, harbourline);
  addMembership(other, ada, "collection administrators");
  const app = addEntraApp(world, {
    displayName: "Sallyport at Brightwater",
    redirectUris: [callback],
    permissions: ["vso.code_write", "vso.project", "vso.graph", "User.Read"],
  });
  return { brightwater, harbourline, organization, other, ada, jonas, app };
}

export interface Page {
  readonly status: number;
  readonly text: string;
  /** Where a redirect left the emulator: the app's callback. */
  readonly callback?: URL;
  readonly url: string;
}

export interface Browser {
  open(url: string | URL): Promise<Page>;
  /** Submits the page's form that has the button or field, with the values given. */
  submit(page: Page, values: Readonly<Record<string, string>>): Promise<Page>;
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

interface Cookie {
  readonly value: string;
  readonly path: string;
}

/** Follows redirects within the emulator, as a browser does, and stops at the app. */
export function openBrowser(baseUrl: string): Browser {
  const jar = new Map<string, Cookie>();

  function keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split("; ");
      const equals = pair.indexOf("=");
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? "/";
      const isOver = attributes.some((one) => /^max-age=0$/i.test(one) || /^expires=Thu, 01 Jan 1970/i.test(one));
      const key = `${path} ${pair.slice(0, equals)}`;
      if (isOver) jar.delete(key);
      else jar.set(key, { value: pair, path });
    }
  }

  async function go(address: string, init: RequestInit = {}): Promise<Page> {
    let url = address;
    let next = init;
    for (let hop = 0; hop < 10; hop += 1) {
      const { pathname } = new URL(url);
      const cookie = [...jar.values()].filter((one) => pathname.startsWith(one.path)).map((one) => one.value);
      const response = await fetch(url, {
        ...next,
        redirect: "manual",
        headers: { ...next.headers, cookie: cookie.join("; ") },
      });
      keep(response);
      const text = await response.text();
      const location = response.headers.get("location");
      if (location === null) return { status: response.status, text, url };
      url = new URL(location, url).href;
      next = {};
      if (!url.startsWith(`${baseUrl}/`)) return { status: response.status, text, url, callback: new URL(url) };
    }
    throw new Error(`redirected too often: ${url}`);
  }

  return {
    open: (url) => go(String(url)),
    submit(page, values) {
      const wanted = Object.keys(values);
      const forms = [...page.text.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)];
      const form = forms.find(([, , inner = ""]) => wanted.every((name) => inner.includes(`name="${name}"`)));
      if (!form) throw new Error(`no form has ${wanted.join(", ")}: ${page.text}`);
      const body = new URLSearchParams();
      for (const [, name = "", value = ""] of (form[2] ?? "").matchAll(
        /<input type="hidden" name="([^"]*)" value="([^"]*)">/g,
      ))
        body.set(unescaped(name), unescaped(value));
      for (const [name, value] of Object.entries(values)) body.set(name, value);
      return go(unescaped(form[1] ?? ""), { method: "POST", body });
    },
  };
}
