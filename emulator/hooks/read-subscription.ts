/** Reading a subscription out of a request body, and refusing what the service refuses. */
import { bodyObject, textOf } from "../query-values.ts";
import { type Call, Refusal } from "../route.ts";
import { findProject, findRepository } from "../shapes.ts";
import type { World } from "../world.ts";
import { closedInputs, findEventType } from "./event-types.ts";
import { isPrivateTarget } from "./private-targets.ts";

export interface AskedSubscription {
  readonly publisherId: string;
  readonly eventType: string;
  readonly resourceVersion: string;
  readonly consumerId: string;
  readonly consumerActionId: string;
  readonly publisherInputs: Record<string, string>;
  readonly consumerInputs: Record<string, string>;
}

export const secretMask = "********";

export function badInput(message: string): Refusal {
  return new Refusal(
    400,
    "SubscriptionInputException",
    message,
    "Microsoft.VisualStudio.Services.ServiceHooks.WebApi.SubscriptionInputException, Microsoft.VisualStudio.Services.ServiceHooks.WebApi",
  );
}

function texts(value: unknown): Record<string, string> {
  const entries = Object.entries(bodyObject({ body: value }));
  return Object.fromEntries(
    entries.flatMap(([key, one]) =>
      one === null || one === undefined ? [] : [[key, typeof one === "string" ? one : JSON.stringify(one)]],
    ),
  );
}

export function readSubscription(call: Call, world: World, source: unknown = call.body): AskedSubscription {
  const body = bodyObject({ body: source });
  const publisherId = textOf(body.publisherId) ?? "";
  const eventType = textOf(body.eventType) ?? "";
  if (publisherId !== "tfs") throw badInput(`No publisher was found with id '${publisherId}'.`);
  const type = findEventType(eventType);
  if (!type) throw badInput(`The publisher '${publisherId}' does not support the event type '${eventType}'.`);
  const consumerId = textOf(body.consumerId) ?? "";
  const consumerActionId = textOf(body.consumerActionId) ?? "";
  if (consumerId !== "webHooks" || consumerActionId !== "httpRequest")
    throw badInput(`No consumer action was found with id '${consumerId}/${consumerActionId}'.`);
  const resourceVersion = textOf(body.resourceVersion) || (type.versions[0] ?? "");
  if (!type.versions.includes(resourceVersion))
    throw badInput(`The resource version '${resourceVersion}' is not supported by the event type '${eventType}'.`);
  const publisherInputs = texts(body.publisherInputs);
  const consumerInputs = texts(body.consumerInputs);
  checkPublisherInputs(call, publisherInputs, type.projectOnly ?? false, eventType);
  checkConsumerInputs(world, consumerInputs);
  return { publisherId, eventType, resourceVersion, consumerId, consumerActionId, publisherInputs, consumerInputs };
}

function checkPublisherInputs(
  call: Call,
  inputs: Record<string, string>,
  projectOnly: boolean,
  eventType: string,
): void {
  const { projectId, repository } = inputs;
  if (!projectId && projectOnly)
    throw badInput(`The event type '${eventType}' needs a value for the input 'projectId'.`);
  const project = projectId ? findProject(call, projectId) : undefined;
  if (projectId && project?.id !== projectId.toLowerCase())
    throw badInput(`The value '${projectId}' of the input 'projectId' is not the id of a project.`);
  if (repository && !findRepository(call, repository, project))
    throw badInput(`The value '${repository}' of the input 'repository' is not the id of a repository.`);
  for (const [name, values] of Object.entries(closedInputs)) {
    const value = inputs[name];
    if (value && !values.includes(value)) throw badInput(`The value '${value}' of the input '${name}' is not valid.`);
  }
}

const sendValues: Readonly<Record<string, readonly string[]>> = {
  acceptUntrustedCerts: ["", "true", "false"],
  resourceDetailsToSend: ["", "all", "minimal", "none"],
  messagesToSend: ["", "all", "text", "html", "markdown", "none"],
  detailedMessagesToSend: ["", "all", "text", "html", "markdown", "none"],
};

function checkConsumerInputs(world: World, inputs: Record<string, string>): void {
  const { url, basicAuthUsername, basicAuthPassword, httpHeaders } = inputs;
  if (!url) throw badInput("A value is required for the input 'url'.");
  const target = URL.parse(url);
  if (!target || !/^https?:$/.test(target.protocol))
    throw badInput(`The value '${url}' of the input 'url' is not a valid URI.`);
  const inside = isPrivateTarget(target);
  if (inside && !world.allowPrivateTargets)
    throw badInput("The URL must not point to localhost or to an address of a special range.");
  if ((basicAuthUsername || basicAuthPassword) && target.protocol === "http:" && !inside)
    throw badInput("Basic authentication needs a URL that begins with https.");
  for (const [name, value] of Object.entries({ basicAuthUsername, basicAuthPassword }))
    if (value !== undefined && value !== "" && !/^\S{1,256}$/.test(value))
      throw badInput(`The value of the input '${name}' must have 1 to 256 characters and no blanks.`);
  const lines = httpHeaders?.split(/[\r\n\f]+/).filter((line) => line.trim() !== "") ?? [];
  if (lines.some((line) => !/^[^\s:]+\s*:\s*\S+\s*$/.test(line)))
    throw badInput("The value of the input 'httpHeaders' does not match the pattern Key:value, one per line.");
  for (const [name, values] of Object.entries(sendValues)) {
    const value = inputs[name];
    if (value !== undefined && !values.includes(value))
      throw badInput(`The value '${value}' of the input '${name}' is not valid.`);
  }
}
