/** What openid-client needs for one app in one directory. Made anew for each call, but for the discovery document. */
import {
  allowInsecureRequests,
  type Configuration,
  type CustomFetch,
  clockSkew,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
} from "openid-client";
import { type AskEntra, askEntra, entraOrigin } from "./ask-entra.ts";
import { clientAuthOf, type EntraApp } from "./entra-app.ts";
import { type Directory, readDirectory } from "./read-directory.ts";

export interface ConfigurationOptions {
  /** Its signature is checked, or it is left out of the answer before anybody judges it. */
  readonly idToken: "is proven" | "is not read";
}

export interface Configurations {
  /** `tenant`: GUID, domain or `organizations`. */
  of(app: EntraApp, tenant: string, options?: ConfigurationOptions): Promise<Configuration>;
}

/** Addresses of Entra do not move; keys are asked for when they are needed. */
const documentLifetime = 60 * 60_000;
const mostDocuments = 500;

/** Seconds that clocks may differ, as Microsoft's own libraries have it. */
const tolerance = 300;

export function openConfigurations(about: AskEntra & { readonly now: () => Date }): Configurations {
  const directories = new Map<string, { readonly directory: Directory; readonly until: number }>();

  async function directoryOf(tenant: string): Promise<Directory> {
    const name = tenant.toLowerCase();
    const time = about.now().getTime();
    const known = directories.get(name);
    if (known && known.until > time) return known.directory;
    const directory = await readDirectory(about, name);
    if (directories.size >= mostDocuments) directories.clear();
    directories.set(name, { directory, until: time + documentLifetime });
    return directory;
  }

  return {
    async of(app, tenant, options) {
      const { document } = await directoryOf(tenant);
      const server = new URL(`${entraOrigin}/${encodeURIComponent(tenant)}/v2.0`);
      const fetchFor: CustomFetch = async (url, { method, headers, body }) => {
        if (url === `${server.href}/.well-known/openid-configuration`) return Response.json(document);
        const answer = await askEntra(about, url, { method, headers, ...(isSendable(body) ? { body } : {}) });
        return options?.idToken === "is not read" && answer.ok ? withoutIdToken(answer) : answer;
      };
      const isPlain = about.addresses["login.microsoftonline.com"].startsWith("http:");
      const execute = [
        // A stand-in on this machine; other addresses are https.
        ...(isPlain ? [allowInsecureRequests] : []),
        ...(options?.idToken === "is proven" ? [enableNonRepudiationChecks] : []),
      ];
      const client = {
        [clockSkew]: Math.round((about.now().getTime() - Date.now()) / 1000),
        [clockTolerance]: tolerance,
      };
      return discovery(server, app.clientId, client, await clientAuthOf(app), { [customFetch]: fetchFor, execute });
    },
  };
}

async function withoutIdToken(answer: Response): Promise<Response> {
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined);
  if (typeof body !== "object" || body === null || !("id_token" in body)) return answer;
  const { id_token: _, ...rest } = body;
  return Response.json(rest, { status: answer.status });
}

function isSendable(body: unknown): body is string | URLSearchParams {
  return typeof body === "string" || body instanceof URLSearchParams;
}
