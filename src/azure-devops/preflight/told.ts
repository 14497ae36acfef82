/** What one call tells about a credential. Scopes are judged before anything else, so a refusal behind that gate proves the scope. */
import { RemoteError } from "#model/remote-error.ts";
import type { Missing } from "../missing-right.ts";
import type { OrganizationClient, RemoteRequest } from "../organization-client.ts";

export type Told =
  | { readonly is: "allowed" }
  | { readonly is: "scope-missing" }
  /** The scope is there; the account itself may not. */
  | { readonly is: "right-missing"; readonly right: string }
  | { readonly is: "untold"; readonly why: string; readonly error?: RemoteError };

export async function ask(client: OrganizationClient, request: RemoteRequest): Promise<Told> {
  try {
    await client.request(request);
    return { is: "allowed" };
  } catch (error) {
    if (error instanceof RemoteError) return toldBy(error);
    throw error;
  }
}

export function toldBy(error: RemoteError): Told {
  const { code, message, details } = error;
  if (code === "forbidden") {
    if (details.status === 401) return { is: "scope-missing" };
    const { right } = (details.missing ?? {}) as Missing;
    return { is: "right-missing", right: right ?? message };
  }
  // What has no type key comes from no resource: this Azure DevOps does not know the route, or not this version of it.
  const isAnswered =
    typeof details.typeKey === "string" && !details.typeKey.includes("Version") && details.status !== 405;
  if (["not-found", "refused", "conflict", "closed"].includes(code)) {
    if (isAnswered) return { is: "allowed" };
    return { is: "untold", why: `This Azure DevOps does not answer it: ${message}` };
  }
  return { is: "untold", why: message, error };
}
