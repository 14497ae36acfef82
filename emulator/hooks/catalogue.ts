/** What can be subscribed to and where it can go: publishers, event types, consumers, actions, possible input values. */
import { readRefs } from "../git/repository-store.ts";
import { bodyObject, textOf } from "../query-values.ts";
import { isMember, mayAct } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { organizationUrl } from "../shapes.ts";
import type { World } from "../world.ts";
import { closedInputs, type EventType, eventTypes, findEventType } from "./event-types.ts";

const root = "/{organization}/_apis/hooks";
export const hookScopes = ["build", "code", "work"];

type Possible = readonly { readonly value: string; readonly displayValue: string }[];

interface Descriptor {
  readonly id: string;
  readonly name: string;
  readonly inputMode: "none" | "textBox" | "textArea" | "passwordBox" | "combo";
  readonly isConfidential?: boolean;
  readonly validation?: Record<string, unknown>;
  readonly values?: readonly string[];
}

function describe(descriptor: Descriptor): Record<string, unknown> {
  const { id, name, inputMode, validation, values } = descriptor;
  return {
    id,
    name,
    description: name,
    inputMode,
    isConfidential: descriptor.isConfidential ?? false,
    useInDefaultDescription: false,
    validation: validation ?? { dataType: "string" },
    ...(values
      ? {
          values: {
            inputId: id,
            defaultValue: "",
            possibleValues: values.map((value) => ({ value, displayValue: value === "" ? "[Any]" : value })),
            isLimitedToPossibleValues: true,
          },
        }
      : {}),
  };
}

const oneWord = { dataType: "string", pattern: "^[\\S]+$", minLength: 1, maxLength: 256 };

const consumerInputs: readonly Descriptor[] = [
  { id: "url", name: "URL", inputMode: "textBox", validation: { dataType: "uri", isRequired: true } },
  {
    id: "httpHeaders",
    name: "HTTP headers",
    inputMode: "textArea",
    validation: {
      dataType: "string",
      pattern: "^([\\S]+[\\s]*:[\\s]*[\\S]+[\\s]*[\r\n\f]+)*?([\\S]+[\\s]*:[\\s]*[\\S]+)+$",
    },
  },
  { id: "basicAuthUsername", name: "Basic authentication username", inputMode: "textBox", validation: oneWord },
  {
    id: "basicAuthPassword",
    name: "Basic authentication password",
    inputMode: "passwordBox",
    isConfidential: true,
    validation: oneWord,
  },
  {
    id: "acceptUntrustedCerts",
    name: "Accept untrusted SSL certificates",
    inputMode: "combo",
    values: ["", "true", "false"],
  },
  {
    id: "resourceDetailsToSend",
    name: "Resource details to send",
    inputMode: "combo",
    values: ["", "minimal", "none"],
  },
  {
    id: "messagesToSend",
    name: "Messages to send",
    inputMode: "combo",
    values: ["", "text", "html", "markdown", "none"],
  },
  {
    id: "detailedMessagesToSend",
    name: "Detailed messages to send",
    inputMode: "combo",
    values: ["", "text", "html", "markdown", "none"],
  },
];

function actionShape(call: Call, world: World): Record<string, unknown> {
  return {
    id: "httpRequest",
    consumerId: "webHooks",
    url: `${organizationUrl(world, call.organization)}/_apis/hooks/consumers/webHooks/actions/httpRequest`,
    name: "Post via HTTP",
    description: "This action posts a JSON object representation of the event to the specified URL.",
    supportedEventTypes: ["*"],
    supportedResourceVersions: {},
    allowResourceVersionOverride: true,
    inputDescriptors: consumerInputs.map(describe),
  };
}

function consumerShape(call: Call, world: World): Record<string, unknown> {
  return {
    id: "webHooks",
    url: `${organizationUrl(world, call.organization)}/_apis/hooks/consumers/webHooks`,
    name: "Web Hooks",
    description: "Provides event communication via HTTP",
    informationUrl: "https://go.microsoft.com/fwlink/?LinkID=390531",
    authenticationType: "none",
    inputDescriptors: [],
    actions: [actionShape(call, world)],
  };
}

function eventTypeShape(call: Call, world: World, type: EventType): Record<string, unknown> {
  return {
    publisherId: "tfs",
    id: type.id,
    url: `${organizationUrl(world, call.organization)}/_apis/hooks/publishers/tfs/eventTypes/${type.id}`,
    name: type.name,
    description: type.description,
    supportedResourceVersions: type.versions,
    inputDescriptors: type.inputs.map((id) => ({
      ...describe({ id, name: id, inputMode: "combo", values: closedInputs[id] ?? [""] }),
      ...(closedInputs[id] ? {} : { hasDynamicValueInformation: true }),
    })),
  };
}

function publisherShape(call: Call, world: World): Record<string, unknown> {
  return {
    id: "tfs",
    url: `${organizationUrl(world, call.organization)}/_apis/hooks/publishers/tfs`,
    name: "Azure Repos",
    description: "Publishes Azure DevOps Services events",
    supportedEvents: eventTypes.map((type) => eventTypeShape(call, world, type)),
    inputDescriptors: [
      describe({ id: "projectId", name: "Project", inputMode: "none", validation: { dataType: "guid" } }),
      describe({ id: "teamId", name: "Team", inputMode: "none", validation: { dataType: "guid" } }),
    ],
  };
}

function requireId(call: Call, name: string, wanted: string): void {
  if (call.params[name]?.toLowerCase() === wanted.toLowerCase()) return;
  throw new Refusal(
    404,
    "ServiceHookException",
    `No ${name.replace("Id", "")} was found with id '${call.params[name]}'.`,
  );
}

async function possibleValues(
  call: Call,
  world: World,
  inputId: string,
  current: Record<string, unknown>,
): Promise<Possible> {
  const any = { value: "", displayValue: "[Any]" };
  const fixed = closedInputs[inputId];
  if (fixed) return fixed.map((value) => ({ value, displayValue: value || "[Any]" }));
  const { organization } = call;
  const projectId = textOf(current.projectId)?.toLowerCase();
  const repositories = [...organization.repositories.values()].filter(
    (one) =>
      (!projectId || one.projectId === projectId) && mayAct(organization, call.user.id, "readers", one.projectId),
  );
  if (inputId === "repository") return [any, ...repositories.map((one) => ({ value: one.id, displayValue: one.name }))];
  if (inputId === "branch") {
    const repository = repositories.find((one) => one.id === textOf(current.repository)?.toLowerCase());
    const refs = repository ? [...(await readRefs(world, repository.id, "refs/heads/")).keys()] : [];
    const names = refs.map((ref) => ref.slice("refs/heads/".length));
    return [any, ...names.map((name) => ({ value: name, displayValue: name }))];
  }
  if (inputId === "definitionName") {
    const definitions = organization.definitions.filter((one) => !projectId || one.projectId === projectId);
    return [any, ...definitions.map(({ name }) => ({ value: name, displayValue: name }))];
  }
  const members = [...world.users.values()].filter((user) => isMember(organization, user.id));
  return [any, ...members.map((user) => ({ value: user.id, displayValue: user.displayName }))];
}

async function queryInputValues(call: Call, world: World): Promise<Answer> {
  const body = bodyObject(call);
  const current = bodyObject({ body: body.currentValues });
  const asked = Array.isArray(body.inputValues) ? body.inputValues.map((one) => bodyObject({ body: one })) : [];
  const inputValues: unknown[] = [];
  for (const one of asked) {
    const inputId = textOf(one.inputId) ?? "";
    inputValues.push({
      inputId,
      defaultValue: "",
      possibleValues: await possibleValues(call, world, inputId, current),
      isLimitedToPossibleValues: true,
    });
  }
  return { body: { ...body, inputValues } };
}

export const catalogueRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${root}/publishers`,
    scopes: hookScopes,
    handle: (call, world) => list([publisherShape(call, world)]),
  },
  {
    method: "GET",
    path: `${root}/publishers/{publisherId}`,
    scopes: hookScopes,
    handle(call, world) {
      requireId(call, "publisherId", "tfs");
      return { body: publisherShape(call, world) };
    },
  },
  {
    method: "GET",
    path: `${root}/publishers/{publisherId}/eventTypes`,
    scopes: hookScopes,
    handle(call, world) {
      requireId(call, "publisherId", "tfs");
      return list(eventTypes.map((type) => eventTypeShape(call, world, type)));
    },
  },
  {
    method: "GET",
    path: `${root}/publishers/{publisherId}/eventTypes/{eventTypeId}`,
    scopes: hookScopes,
    handle(call, world) {
      requireId(call, "publisherId", "tfs");
      const type = findEventType(call.params.eventTypeId ?? "");
      if (type) return { body: eventTypeShape(call, world, type) };
      throw new Refusal(404, "ServiceHookException", `No event type was found with id '${call.params.eventTypeId}'.`);
    },
  },
  { method: "POST", path: `${root}/publishers/{publisherId}/inputValuesQuery`, handle: queryInputValues },
  {
    method: "POST",
    path: `${root}/publishersquery`,
    scopes: hookScopes,
    handle(call, world) {
      const body = bodyObject(call);
      const ids = Array.isArray(body.publisherIds) ? body.publisherIds : [];
      return {
        body: { ...body, results: ids.length === 0 || ids.includes("tfs") ? [publisherShape(call, world)] : [] },
      };
    },
  },
  {
    method: "GET",
    path: `${root}/consumers`,
    scopes: hookScopes,
    handle: (call, world) => list([consumerShape(call, world)]),
  },
  {
    method: "GET",
    path: `${root}/consumers/{consumerId}`,
    scopes: hookScopes,
    handle(call, world) {
      requireId(call, "consumerId", "webHooks");
      return { body: consumerShape(call, world) };
    },
  },
  {
    method: "GET",
    path: `${root}/consumers/{consumerId}/actions`,
    scopes: hookScopes,
    handle(call, world) {
      requireId(call, "consumerId", "webHooks");
      return list([actionShape(call, world)]);
    },
  },
  {
    method: "GET",
    path: `${root}/consumers/{consumerId}/actions/{consumerActionId}`,
    scopes: hookScopes,
    handle(call, world) {
      requireId(call, "consumerId", "webHooks");
      requireId(call, "consumerActionId", "httpRequest");
      return { body: actionShape(call, world) };
    },
  },
];
