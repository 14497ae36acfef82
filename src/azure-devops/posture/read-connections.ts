/** Service connections of a project, and what used them last. Nothing that signs anybody in is kept, only names of what does. */
import type { ConnectionFact, ConnectionUse } from "#model/posture/resource-facts.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { wholeList } from "../pages.ts";
import {
  inner,
  isWire,
  optionalNumber,
  optionalText,
  requiredText,
  type Wire,
  wireList,
  wireObject,
} from "../read-wire.ts";
import { askEach } from "./ask-each.ts";
import type { Collecting, CollectingProject } from "./collector.ts";
import { isoDate } from "./iso-date.ts";
import { projectIdsOf } from "./project-ids-of.ts";
import { resourcePage } from "./resource-page.ts";

type Given = Pick<CollectingProject, "organization" | "project" | "lookAt">;

const where = "service connections";

export async function readConnections(client: OrganizationClient, given: Given): Promise<readonly ConnectionFact[]> {
  const request = { path: path`/${given.project.id}/_apis/serviceendpoint/endpoints` };
  const found: Wire[] = [];
  for await (const wire of wholeList(client, request, where)) found.push(await completed(client, given, wire));
  return found.map((wire) => readConnection(wire, given));
}

/** A list may leave out what is secret; of an incoming web hook it counts whether there is one at all. */
async function completed(client: OrganizationClient, { project }: Given, listed: Wire): Promise<Wire> {
  const isHook = optionalText(listed, "type")?.toLowerCase() === "incomingwebhook";
  const id = requiredText(listed, "id", where);
  if (!isHook || secretsOf(parametersOf(listed)).length > 0) return listed;
  const { body } = await client.request({ path: path`/${project.id}/_apis/serviceendpoint/endpoints/${id}` });
  return isWire(body) ? { ...listed, authorization: inner(body, "authorization") } : listed;
}

function parametersOf(wire: Wire): Wire {
  return inner(inner(wire, "authorization"), "parameters");
}

const secretName =
  /(?:password|passphrase|secret|token|(?<!public)key|kubeconfig|certificate|credentials?|connectionstring|^pat)$/i;
const publicName = /^(?:scope|username|.*(?:id|url|name|type|subject|issuer|audience|header|role.*))$/i;

/** Masked, or null where the name is none of those that everybody may see. */
function isSecret(name: string, value: unknown): boolean {
  if (secretName.test(name)) return true;
  if (typeof value === "string") return /^\*+$/.test(value);
  return value === null && !publicName.test(name);
}

function secretsOf(parameters: Wire): readonly string[] {
  return Object.entries(parameters).flatMap(([name, value]) => (isSecret(name, value) ? [name] : []));
}

function readConnection(wire: Wire, given: Given): ConnectionFact {
  const { project, lookAt } = given;
  const id = requiredText(wire, "id", where).toLowerCase();
  const parameters = parametersOf(wire);
  const createdBy = optionalText(inner(wire, "createdBy"), "displayName");
  return {
    id,
    name: requiredText(wire, "name", where),
    type: optionalText(wire, "type")?.toLowerCase() ?? "",
    url: addressOf(optionalText(wire, "url")),
    pageUrl: resourcePage(given, "connection", id),
    scheme: optionalText(inner(wire, "authorization"), "scheme") ?? "",
    isReady: wire.isReady !== false,
    isShared: wire.isShared === true,
    projectIds: projectIdsOf(wire.serviceEndpointProjectReferences, project.id),
    data: publicTexts(inner(wire, "data"), lookAt),
    parameters: publicTexts(parameters, lookAt),
    secretParameters: secretsOf(parameters),
    ...(createdBy === undefined ? {} : { createdBy }),
  };
}

/** Somebody may have written who signs in, or a token, into the address. */
function addressOf(text: string | undefined): string {
  if (text === undefined || !URL.canParse(text)) return "";
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname}`;
}

const longestText = 2000;

function publicTexts(wire: Wire, lookAt: Collecting["lookAt"]): Record<string, string> {
  const texts = Object.entries(wire).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === "string" &&
      entry[1] !== "" &&
      entry[1].length <= longestText &&
      !isSecret(entry[0], entry[1]) &&
      lookAt(entry[0], entry[1]) === undefined,
  );
  return Object.fromEntries(texts);
}

/** Of each project; the rest is missing in the answer, which says nothing of their use. */
const mostConnections = 100;
const mostUses = 50;

export async function readConnectionUses(
  client: OrganizationClient,
  { project, known }: Pick<CollectingProject, "known" | "project">,
): Promise<readonly ConnectionUse[]> {
  return askEach((known.connections ?? []).slice(0, mostConnections), async ({ id }) => {
    const { body } = await client.request({
      path: path`/${project.id}/_apis/serviceendpoint/${id}/executionhistory`,
      query: { top: mostUses },
    });
    const uses = wireList(body, "uses of a service connection").map(readUse);
    const newestFirst = uses.toSorted((one, other) => (other.at ?? "").localeCompare(one.at ?? ""));
    return { connectionId: id, uses: newestFirst.slice(0, mostUses) };
  });
}

/** Numbers of classic releases count for themselves, and are no pipelines. */
function readUse(wire: Wire): ConnectionUse["uses"][number] {
  const data = wireObject(wire.data, "uses of a service connection");
  const definition = inner(data, "definition");
  const isRelease = /release/i.test(optionalText(data, "planType") ?? "");
  const definitionName = optionalText(definition, "name");
  const definitionId = isRelease ? undefined : optionalNumber(definition, "id");
  const runId = isRelease ? undefined : optionalNumber(inner(data, "owner"), "id");
  const at = isoDate(data, "finishTime") ?? isoDate(data, "startTime");
  return {
    ...(definitionName === undefined ? {} : { definitionName }),
    ...(definitionId === undefined ? {} : { definitionId }),
    ...(runId === undefined ? {} : { runId }),
    ...(at === undefined ? {} : { at }),
  };
}
