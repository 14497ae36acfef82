/** Finds an organization again after it was renamed: its id stays, and Azure DevOps tells its address of today to everybody. */

import type { OrganizationId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Addresses } from "./addresses.ts";
import { path } from "./organization-client.ts";
import { optionalText, wireObject } from "./read-wire.ts";
import { failureOf } from "./remote-failure.ts";
import { sendRequest } from "./send-request.ts";

/** The core area, which every organization has. */
const area = "79134C72-4A58-4B42-976C-04E7115F32BF";

export interface AskWithoutCredential {
  readonly addresses: Addresses;
  readonly userAgent: string;
  readonly timeLimit?: number;
}

/** Undefined if there is no such organization any more. On a server collections keep their names. */
export async function findOrganizationName(
  about: AskWithoutCredential,
  id: OrganizationId,
): Promise<string | undefined> {
  const { addresses, userAgent, timeLimit = 15_000 } = about;
  if (addresses.edition === "server") return undefined;
  const sender = { addresses, userAgent, timeLimit, bodyLimit: 1024 * 1024 };
  const request = {
    host: "dev.azure.com",
    path: path`/_apis/resourceAreas/${area}`,
    query: { hostId: id },
    apiVersion: "5.0-preview.1",
  } as const;
  const answer = await sendRequest(sender, request, undefined);
  const failure = failureOf(answer, undefined);
  if (failure && failure.code !== "not-found") throw failure;
  return failure || answer.text === "" ? undefined : nameIn(answer.text, addresses);
}

/** Only the name is taken from the answer: calls go to the known hosts. */
function nameIn(text: string, addresses: Addresses): string | undefined {
  const url = optionalText(wireObject(parse(text), "a resource area"), "locationUrl") ?? "";
  if (!URL.canParse(url)) return undefined;
  const { href, hostname } = new URL(url);
  const old = /^([a-z0-9-]+)\.visualstudio\.com$/i.exec(hostname)?.[1];
  const base = `${addresses["dev.azure.com"]}/`;
  const [segment = ""] = href.startsWith(base) ? href.slice(base.length).split("/") : [];
  return old ?? (segment === "" ? undefined : decodeURIComponent(segment));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RemoteError("unexpected", "Azure DevOps answered with something that is no JSON.", { cause });
  }
}
