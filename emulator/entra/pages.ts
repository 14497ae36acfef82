/** The pages that Microsoft Entra ID shows: plain HTML without scripts. Everything shown is escaped. */
import { escaped } from "../escaped.ts";
import type { Answer } from "../route.ts";
import type { User } from "../world.ts";

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center;background:#eef1f5}
main{background:#fff;color:#1b1b1b;padding:2.5rem;max-width:28rem;width:100%;box-sizing:border-box;box-shadow:0 2px 6px #0003}
h1{font-size:1.4rem;margin:0 0 1rem}button,input[type=email]{font:inherit;padding:.5rem .75rem;box-sizing:border-box}
input[type=email]{width:100%;margin:.25rem 0 1rem}.account{display:block;width:100%;text-align:left;margin:.25rem 0}
.primary{background:#0067b8;color:#fff;border:0}.note{color:#555;font-size:.85rem}.bad{color:#a4262c}
@media (prefers-color-scheme:dark){body{background:#1b1f24}main{background:#2a2f36;color:#eee}.note{color:#aaa}}`;

/** A page is no answer to keep. Where its forms lead is left open: they end at the app. */
export function page(title: string, body: string, status = 200): Answer {
  return {
    status,
    text: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head>
<body><main><p class="note">Microsoft Entra ID (emulator)</p><h1>${escaped(title)}</h1>
${body}</main></body></html>`,
    contentType: "text/html; charset=utf-8",
    headers: {
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
      "Cache-Control": "no-store",
    },
  };
}

export function hidden(values: Iterable<readonly [string, string]>): string {
  return [...values]
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join("");
}

interface AccountPage {
  readonly where: string;
  readonly app: string;
  /** Where the form goes. */
  readonly action: string;
  readonly accounts: readonly User[];
  readonly hint?: string | undefined;
  readonly refusal?: string;
  /** Goes along with the form. */
  readonly fields?: Iterable<readonly [string, string]>;
}

export function accountPage(asked: AccountPage): Answer {
  const along = hidden(asked.fields ?? []);
  const buttons = asked.accounts.map(
    (user) =>
      `<button class="account" name="account" value="${escaped(user.mail)}">${escaped(user.displayName)}<br><span class="note">${escaped(user.mail)}</span></button>`,
  );
  const list =
    buttons.length > 0
      ? `<form method="post" action="${escaped(asked.action)}">${along}${buttons.join("")}</form>`
      : "";
  return page(
    "Pick an account",
    `<p>to continue to <strong>${escaped(asked.app)}</strong> in ${escaped(asked.where)}</p>
${asked.refusal ? `<p class="bad" role="alert">${escaped(asked.refusal)}</p>` : ""}${list}
<form method="post" action="${escaped(asked.action)}">${along}
<label>Email <input type="email" name="account" autocomplete="username" required value="${escaped(asked.hint ?? "")}"></label>
<button class="primary" name="next" value="yes">Next</button></form>`,
  );
}

const openIdWords: Readonly<Record<string, string>> = {
  openid: "Sign you in",
  profile: "View your basic profile",
  email: "View your email address",
  offline_access: "Maintain access to data you have given it access to",
};

interface ConsentPage {
  readonly app: string;
  readonly tenant: string;
  readonly user: User;
  readonly action: string;
  /** With their resource in front, or words of OpenID. */
  readonly permissions: readonly string[];
}

export function consentPage(asked: ConsentPage): Answer {
  const items = asked.permissions.map((permission) => {
    const name = permission.slice(permission.lastIndexOf("/") + 1);
    return `<li>${openIdWords[name] ?? `<code>${escaped(name)}</code>`}</li>`;
  });
  return page(
    "Permissions requested",
    `<p><strong>${escaped(asked.app)}</strong> asks ${escaped(asked.user.mail)} of ${escaped(asked.tenant)} for:</p>
<ul>${items.join("")}</ul>
<form method="post" action="${escaped(asked.action)}">${hidden([["account", asked.user.mail]])}
<button class="primary" name="consent" value="accept">Accept</button>
<button name="consent" value="cancel">Cancel</button></form>`,
  );
}

export function administratorPage(asked: Omit<ConsentPage, "permissions">): Answer {
  return page(
    "Need admin approval",
    `<p><strong>${escaped(asked.app)}</strong> needs permission to access resources in ${escaped(asked.tenant)} that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.</p>
<form method="post" action="${escaped(asked.action)}">${hidden([["account", asked.user.mail]])}
<button name="consent" value="return">Return to the application without granting consent</button></form>`,
  );
}

/** A refusal that the person sees; `way` leads back to the app or to another account. */
export function refusalPage(
  title: string,
  description: string,
  way?: { readonly action: string; readonly account: string },
): Answer {
  const back = way
    ? `<form method="post" action="${escaped(way.action)}">${hidden([["account", way.account]])}
<button name="return" value="yes">Return to the application</button>
<button name="other" value="yes">Sign in with a different account</button></form>`
    : "";
  return page(title, `<p class="bad" role="alert">${escaped(description)}</p>${back}`, way ? 200 : 400);
}
