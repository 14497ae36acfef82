/** What every function of this room takes first: one organization, or one account, seen with one credential. */
import type { SecretValue } from "#model/secret-value.ts";
import type { Addresses, RemoteHost } from "./addresses.ts";
import type { Credential } from "./credential.ts";

export interface OrganizationClient extends AccountClient {
  /** As it stands in addresses. */
  readonly organization: string;
}

/** The same for calls that concern whoever signed in, in no organization: profile and list of organizations. */
export interface AccountClient {
  readonly addresses: Addresses;
  /** With what it signs in: some things are refused to access tokens whatever their scopes. */
  readonly signIn: Credential["is"];
  /** Sends, paces, repeats where that is safe, and answers only what is good; everything else is a RemoteError. */
  request(request: RemoteRequest): Promise<RemoteAnswer>;
  /** The whole value of the Authorization header, for git. */
  authorization(): Promise<SecretValue>;
}

export interface RemoteRequest {
  /** GET if absent. */
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `dev.azure.com` if absent, or `app.vssps.visualstudio.com` of an account. */
  readonly host?: RemoteHost;
  /** What follows the organization, made with the tag `path`, which encodes names. */
  readonly path: EncodedPath;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** `7.1` if absent. */
  readonly apiVersion?: string;
  readonly body?: unknown;
  readonly contentType?: string;
  /** A POST or PATCH that may be sent twice: it only reads, or says the same again. GET, PUT and DELETE always may. */
  readonly isRepeatable?: boolean;
  readonly signal?: AbortSignal;
}

export interface RemoteAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined if there was no body. */
  readonly body: unknown;
}

export type EncodedPath = string & { readonly __brand: "EncodedPath" };

/** Encodes every inserted value as one segment: names hold blanks, slashes and any Unicode. */
export function path(literals: TemplateStringsArray, ...values: readonly (string | number)[]): EncodedPath {
  let text = literals[0] ?? "";
  values.forEach((value, index) => {
    text += encodeSegment(String(value)) + (literals[index + 1] ?? "");
  });
  return text as EncodedPath;
}

export function encodeSegment(segment: string): string {
  // A URL resolves these away, and the call would go elsewhere.
  if (segment === "" || segment === "." || segment === "..")
    throw new Error(`"${segment}" is no name in Azure DevOps.`);
  return encodeURIComponent(segment);
}
