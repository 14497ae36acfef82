/**
 * Service hooks of an organization, whoever made them. Addresses hold secrets in their paths and queries, so of each no more
 * is kept than how and to which host it goes.
 */
import type { HookFact } from "#model/posture/organization-settings.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, wholeList } from "../pages.ts";
import { inner, optionalText, requiredText, type Wire } from "../read-wire.ts";
import type { Collecting } from "./collector.ts";

const where = "service hooks";

export async function readHooks(
  client: OrganizationClient,
  { isOurHook }: Pick<Collecting, "isOurHook">,
): Promise<readonly HookFact[]> {
  const request = { path: path`/_apis/hooks/subscriptions` };
  return collect(wholeList(client, request, where), (wire) => readHook(wire, isOurHook ?? (() => false)));
}

function readHook(wire: Wire, isOurHook: (address: string) => boolean): HookFact {
  const inputs = inner(wire, "consumerInputs");
  const projectId = optionalText(inner(wire, "publisherInputs"), "projectId")?.toLowerCase();
  const address = addressOf(inputs);
  const url = address === undefined ? undefined : new URL(address);
  const password = optionalText(inputs, "basicAuthPassword") ?? optionalText(inputs, "password");
  const mayBeUntrusted = inputs.acceptUntrustedCerts;
  return {
    id: requiredText(wire, "id", where).toLowerCase(),
    ...(projectId === undefined ? {} : { projectId }),
    event: optionalText(wire, "eventType") ?? "",
    consumer: optionalText(wire, "consumerId") ?? "",
    ...(url && { scheme: url.protocol.replace(/:$/, ""), host: url.host }),
    acceptsUntrustedCertificates: mayBeUntrusted === true || String(mayBeUntrusted).toLowerCase() === "true",
    hasBasicPassword: password !== undefined,
    status: optionalText(wire, "status") ?? "",
    isOurs: optionalText(wire, "consumerId") === "webHooks" && address !== undefined && isOurHook(address),
  };
}

/** `url` of web hooks; other consumers call theirs `serverBaseUrl` and the like. */
function addressOf(inputs: Wire): string | undefined {
  const all = Object.keys(inputs).flatMap((name) => optionalText(inputs, name) ?? []);
  return [optionalText(inputs, "url") ?? "", ...all].find((text) => /^https?:\/\//i.test(text) && URL.canParse(text));
}
