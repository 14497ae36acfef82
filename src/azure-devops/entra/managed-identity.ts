/**
 * The token of a managed identity, from the door that the place of this process has: the address that App Service and
 * Container Apps put into the environment, or else the metadata address of an Azure virtual machine.
 */
import { RemoteError } from "#model/remote-error.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { optionalNumber, optionalText, type Wire } from "../read-wire.ts";
import { type AskEntra, ask } from "./ask-entra.ts";
import { signInFailed } from "./entra-error.ts";
import { azureDevOps } from "./entra-scopes.ts";
import { readBody } from "./read-directory.ts";

/** `IDENTITY_ENDPOINT` and `IDENTITY_HEADER` of the environment. */
export interface IdentityEndpoint {
  readonly address: string;
  readonly header: SecretValue;
}

const via = { via: "managed-identity" };

/** On a machine outside of Azure nothing listens there, and packets may just vanish. */
const longestWait = 5_000;

/** `clientId` chooses among identities that were assigned by hand; without it the machine's own one. */
export async function askManagedIdentity(
  about: AskEntra & { readonly identityEndpoint?: IdentityEndpoint },
  clientId: string | undefined,
): Promise<Wire> {
  const { identityEndpoint: endpoint, timeLimit = longestWait } = about;
  const door = endpoint
    ? { address: endpoint.address, version: "2019-08-01", headers: { "X-IDENTITY-HEADER": endpoint.header.reveal() } }
    : {
        address: `${about.addresses["169.254.169.254"]}/metadata/identity/oauth2/token`,
        version: "2018-02-01",
        headers: { Metadata: "true" },
      };
  const url = new URL(door.address);
  url.searchParams.set("api-version", door.version);
  url.searchParams.set("resource", azureDevOps);
  if (clientId !== undefined) url.searchParams.set("client_id", clientId);
  const limits = { userAgent: about.userAgent, timeLimit: Math.min(timeLimit, longestWait) };
  const answer = await askDoor(limits, url.href, door.headers);
  const body = await readBody(answer);
  if (answer.status === 200) return body;
  const says = optionalText(body, "error_description") ?? optionalText(body, "message");
  const details = {
    ...via,
    step: "app",
    status: answer.status,
    ...(says === undefined ? {} : { says: says.slice(0, 500) }),
  };
  throw signInFailed("app-unknown", says ?? `The managed identity was refused (${answer.status}).`, details);
}

async function askDoor(
  limits: { readonly userAgent: string; readonly timeLimit: number },
  address: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  try {
    return await ask(limits, address, { headers }, "The managed identity of this machine");
  } catch (error) {
    if (!(error instanceof RemoteError) || !["unreachable", "timed-out"].includes(error.code)) throw error;
    throw new RemoteError(error.code, error.message, { details: { ...error.details, ...via } });
  }
}

/** Seconds that the token lives. The doors write numbers as text, and some give only the moment of its end. */
export function secondsLeft(body: Wire, now: Date): number | undefined {
  const seconds = optionalNumber(body, "expires_in");
  if (seconds !== undefined) return seconds;
  const end = optionalNumber(body, "expires_on");
  return end === undefined ? undefined : end - now.getTime() / 1000;
}
