import type { OrganizationState, PersonalAccessToken, User, World } from "./world.ts";

/** The hosts of Azure DevOps, of its sign-in and of a machine's identity. `dev.azure.com` is the default; the rest are reached by Host header or by `/_hosts/{name}/`. */
export const hosts = [
  "dev.azure.com",
  "vssps.dev.azure.com",
  "app.vssps.visualstudio.com",
  "vsaex.dev.azure.com",
  "feeds.dev.azure.com",
  "pkgs.dev.azure.com",
  "auditservice.dev.azure.com",
  "extmgmt.dev.azure.com",
  "vsrm.dev.azure.com",
  "login.microsoftonline.com",
  "169.254.169.254",
] as const;

export type Host = (typeof hosts)[number];

/** A request that passed the gate: signed in, of a known organization, with an accepted api-version. */
export interface Call {
  readonly method: string;
  readonly host: Host;
  /** Path after the host prefix, undecoded. */
  readonly path: string;
  /** Values of `{name}` segments, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Query names are compared without regard to case; `$top` keeps its dollar sign. */
  query(name: string): string | undefined;
  header(name: string): string | undefined;
  readonly apiVersion: string;
  readonly user: User;
  readonly token: PersonalAccessToken;
  /** Absent on hosts without one (app.vssps.visualstudio.com). */
  readonly organization: OrganizationState;
  /** Parsed JSON, or undefined. */
  readonly body: unknown;
  readonly rawBody: Buffer;
}

export interface Answer {
  readonly status?: number;
  /** Sent as JSON; arrays are wrapped as `{count, value}` by `list()`. */
  readonly body?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values of `Set-Cookie`. */
  readonly cookies?: readonly string[];
}

/** One operation. `path` is `/{organization}/{project?}/_apis/git/repositories/{repositoryId}`: case is ignored, `{x?}` may be absent. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";
  readonly host?: Host;
  readonly path: string;
  /** Any of these scopes (without `vso.`) admits the call; absent = no scope declared. A `_write` or `_manage` scope contains the smaller ones. */
  readonly scopes?: readonly string[];
  /** Preview-only resource: a released api-version is refused. */
  readonly preview?: boolean;
  handle(call: Call, world: World): Answer | Promise<Answer>;
}

export function list(values: readonly unknown[], headers?: Readonly<Record<string, string>>): Answer {
  return { body: { count: values.length, value: values }, ...(headers ? { headers } : {}) };
}

/** A refusal in the service's own words; the server turns it into the error body of the real one. */
export class Refusal extends Error {
  readonly status: number;
  readonly typeKey: string;
  readonly typeName: string;

  constructor(
    status: number,
    typeKey: string,
    message: string,
    typeName = `Microsoft.TeamFoundation.${typeKey}, Microsoft.TeamFoundation`,
  ) {
    super(message);
    this.status = status;
    this.typeKey = typeKey;
    this.typeName = typeName;
  }
}
