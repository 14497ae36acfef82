/** Who is directly in which group: by batches of identities, and group by group where those are not told. */
import type { GroupFact, PeopleFacts, UserFact } from "#model/posture/access-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, wholeList } from "../pages.ts";
import { isWire, optionalText, requiredText, type Wire } from "../read-wire.ts";
import { askEach } from "./ask-each.ts";
import { resolveSubjects } from "./subjects.ts";

const host = "vssps.dev.azure.com";

/** So many ids keep an address below what proxies take. */
const perBatch = 40;

/** More groups are not asked for one by one; a credential with the scope for identities needs fewer calls. */
const mostSingles = 1000;

interface ListedGroup {
  readonly fact: GroupFact;
  /** Of its identity; absent: of Microsoft Entra ID, or unknown. */
  readonly id?: string | undefined;
}

export async function readMembers(
  client: OrganizationClient,
  groups: readonly ListedGroup[],
  users: readonly UserFact[],
): Promise<PeopleFacts["members"]> {
  const own = groups.filter(({ fact }) => !fact.isFromEntra && !fact.isDeleted);
  const { told, refusal } = await toldInBatches(client, own);
  const rest = own.filter(({ fact }) => !told.has(fact.descriptor));
  if (rest.length > mostSingles) {
    const message = `The organization has ${rest.length} groups; their members are read with the scope "Identity (Read)" only.`;
    throw refusal ?? new RemoteError("unexpected", message, { details: { groups: rest.length } });
  }
  const singly = await askEach(rest, async ({ fact }) => [fact.descriptor, await membersOf(client, fact)] as const);
  const members = new Map<string, readonly string[]>(singly);
  const people: PeopleFacts = { users, groups: groups.map(({ fact }) => fact), members: {} };
  const named = [...told.values()].flat();
  const subjects = await resolveSubjects(client, named.filter(isOfLists), people);
  for (const [group, list] of told) {
    members.set(
      group,
      list.map((one) => subjects.get(one)?.subject ?? one),
    );
  }
  return Object.fromEntries(members);
}

/** `type;identifier` as lists of permissions have it; anything else is a subject of graph already. */
function isOfLists(descriptor: string): boolean {
  return descriptor.includes(";");
}

interface Told {
  readonly told: ReadonlyMap<string, readonly string[]>;
  readonly refusal?: RemoteError;
}

/** By the group's descriptor. What another identity answers for an id is left out. */
async function toldInBatches(client: OrganizationClient, groups: readonly ListedGroup[]): Promise<Told> {
  const told = new Map<string, readonly string[]>();
  const known = new Set(groups.map(({ fact }) => fact.descriptor));
  const ids = groups.flatMap(({ id }) => id ?? []);
  const batches = Array.from({ length: Math.ceil(ids.length / perBatch) }, (_, at) =>
    ids.slice(at * perBatch, (at + 1) * perBatch),
  );
  try {
    await askEach(batches, async (batch) => {
      for (const wire of await identities(client, batch)) {
        const subject = optionalText(wire, "subjectDescriptor");
        // Without the list nothing is told, which is not the same as an empty one.
        if (subject === undefined || !known.has(subject) || !Array.isArray(wire.members)) continue;
        told.set(subject, (wire.members as readonly unknown[]).flatMap(descriptorOf));
      }
    });
    return { told };
  } catch (error) {
    const isRefusal = error instanceof RemoteError && ["forbidden", "not-found", "refused"].includes(error.code);
    if (!isRefusal) throw error;
    return { told, refusal: error };
  }
}

async function identities(client: OrganizationClient, ids: readonly string[]): Promise<readonly Wire[]> {
  const { body } = await client.request({
    host,
    path: path`/_apis/identities`,
    query: { identityIds: ids.join(","), queryMembership: "direct" },
  });
  // The answer holds null for what nobody has.
  const value: unknown = isWire(body) ? body.value : body;
  return Array.isArray(value) ? value.filter(isWire) : [];
}

/** As text, or as an object with its two halves. */
function descriptorOf(wire: unknown): readonly string[] {
  if (typeof wire === "string") return wire === "" ? [] : [wire];
  if (!isWire(wire)) return [];
  const type = optionalText(wire, "identityType");
  const identifier = optionalText(wire, "identifier");
  return type === undefined || identifier === undefined ? [] : [`${type};${identifier}`];
}

async function membersOf(client: OrganizationClient, group: GroupFact): Promise<readonly string[]> {
  const where = "memberships";
  const request = {
    host,
    path: path`/_apis/graph/memberships/${group.descriptor}`,
    query: { direction: "down" },
    apiVersion: "7.1-preview.1",
  } as const;
  try {
    return await collect(wholeList(client, request, where), (wire) => requiredText(wire, "memberDescriptor", where));
  } catch (error) {
    // Somebody deleted it meanwhile.
    if (error instanceof RemoteError && error.code === "not-found") return [];
    throw error;
  }
}
