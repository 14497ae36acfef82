/** A person before Microsoft's sign-in pages: follows redirects, keeps cookies, presses buttons. Runs no scripts. */
import assert from "node:assert/strict";

export type Sight =
  | { readonly is: "page"; readonly title: string; readonly html: string }
  /** The app's redirect address with its query, which is not called. */
  | { readonly is: "back"; readonly address: string };

export interface TestBrowser {
  open(url: string): Promise<Sight>;
  /** Presses a button of the last page by its words; `fields` are typed into the form first. */
  press(words: string, fields?: Readonly<Record<string, string>>): Promise<Sight>;
  /** From the first page to the last as this account; says yes to permissions. Ends where the person has no more to do. */
  signIn(url: string, mail: string): Promise<Sight>;
}

interface Cookie {
  readonly name: string;
  readonly path: string;
  readonly value: string;
}

interface Page {
  readonly url: string;
  readonly html: string;
}

const unescaped = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" } as const;

function plain(html: string): string {
  return html.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (one) => unescaped[one as keyof typeof unescaped]);
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`, "i").exec(tag)?.[1];
  return value === undefined ? undefined : plain(value);
}

function keepCookies(cookies: Map<string, Cookie>, response: Response, url: URL): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? url.pathname.replace(/\/[^/]*$/, "");
    if (value === "" || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(`${name} ${path}`);
    else cookies.set(`${name} ${path}`, { name, path, value });
  }
}

/** The form that the button with these words sends. */
function filledForm(html: string, words: string, fields: Readonly<Record<string, string>>) {
  for (const [, head = "", inside = ""] of html.matchAll(/(<form[^>]*>)(.*?)<\/form>/gis)) {
    const buttons = [...inside.matchAll(/(<button[^>]*>)(.*?)<\/button>/gis)];
    const button = buttons.find(([, , label = ""]) => plain(label).includes(words));
    if (!button) continue;
    const body = new URLSearchParams();
    for (const [tag] of [...inside.matchAll(/<input[^>]*>/gi), [button[1] ?? ""] as const]) {
      const name = attribute(tag, "name");
      if (name !== undefined) body.set(name, fields[name] ?? attribute(tag, "value") ?? "");
    }
    return { action: attribute(head, "action") ?? "", body };
  }
  throw new Error(`There is no button "${words}" on ${html}`);
}

export function openTestBrowser(redirectUri: string): TestBrowser {
  const cookies = new Map<string, Cookie>();
  let shown: Page | undefined;

  async function go(to: string, form?: URLSearchParams): Promise<Sight> {
    let url = new URL(to);
    let body = form;
    for (let hop = 0; hop < 20; hop += 1) {
      if (url.href.startsWith(redirectUri)) return { is: "back", address: url.href };
      const sent = [...cookies.values()].filter(({ path }) => url.pathname.startsWith(path));
      const response = await fetch(url, {
        redirect: "manual",
        headers: { cookie: sent.map(({ name, value }) => `${name}=${value}`).join("; ") },
        ...(body === undefined ? {} : { method: "POST", body }),
      });
      keepCookies(cookies, response, url);
      const html = await response.text();
      const location = response.headers.get("location");
      if (location === null) {
        shown = { url: url.href, html };
        return { is: "page", title: plain(/<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? ""), html: plain(html) };
      }
      url = new URL(location, url);
      body = undefined;
    }
    throw new Error(`The pages go round in circles at ${url.href}`);
  }

  async function press(words: string, fields: Readonly<Record<string, string>> = {}): Promise<Sight> {
    assert.ok(shown, "no page is shown");
    const { action, body } = filledForm(shown.html, words, fields);
    return go(new URL(action, shown.url).href, body);
  }

  return {
    open: (url) => go(url),
    press,
    async signIn(url, mail) {
      let sight = await go(url);
      for (let step = 0; step < 5; step += 1) {
        if (sight.is === "page" && sight.title === "Pick an account") sight = await press("Next", { account: mail });
        else if (sight.is === "page" && sight.title === "Permissions requested") sight = await press("Accept");
        else return sight;
      }
      return sight;
    },
  };
}
