/**
 * Two languages for the same people: lists of permissions say `type;identifier`, graph says `kind.base64`. What people and
 * groups are known translates without a call; the rest is asked for in batches.
 */
import type { PeopleFacts } from "#model/posture/access-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { nameIdentities } from "../access-control.ts";
import type { OrganizationClient } from "../organization-client.ts";

export interface Subject {
  readonly subject: string;
  readonly name: string;
}

/** More are not asked for: whoever is left keeps the descriptor of the list, which rules take for an identity of its own. */
const mostAsked = 600;

/** By descriptor of the lists; those that nobody has any more are missing. */
export async function resolveSubjects(
  client: OrganizationClient,
  descriptors: Iterable<string>,
  people: PeopleFacts | undefined,
): Promise<ReadonlyMap<string, Subject>> {
  const index = people && indexOf(people);
  const before = askedBefore(people);
  const resolved = new Map<string, Subject>();
  const unknown: string[] = [];
  for (const descriptor of new Set(descriptors)) {
    const known = index?.get(identifierOf(descriptor)) ?? before.get(descriptor);
    if (known) resolved.set(descriptor, known);
    else if (!before.has(descriptor)) unknown.push(descriptor);
  }
  for (const [descriptor, subject] of await askSubjects(client, unknown.slice(0, mostAsked), people)) {
    before.set(descriptor, subject);
    if (subject) resolved.set(descriptor, subject);
  }
  return resolved;
}

async function askSubjects(
  client: OrganizationClient,
  descriptors: readonly string[],
  people: PeopleFacts | undefined,
): Promise<readonly (readonly [string, Subject | undefined])[]> {
  try {
    const named = await nameIdentities(client, descriptors);
    return descriptors.map((descriptor) => {
      const identity = named.get(descriptor);
      return [descriptor, identity && { subject: identity.subject ?? descriptor, name: identity.name }];
    });
  } catch (error) {
    // Groups are known by then, and with them whoever counts most.
    if (people && error instanceof RemoteError && error.code === "forbidden") {
      return descriptors.map((descriptor) => [descriptor, undefined]);
    }
    throw error;
  }
}

const answers = new WeakMap<PeopleFacts, Map<string, Subject | undefined>>();

/** What was answered goes with the people of one collection: the lists of its projects name the same identities. */
function askedBefore(people: PeopleFacts | undefined): Map<string, Subject | undefined> {
  const kept = people && answers.get(people);
  if (kept) return kept;
  const made = new Map<string, Subject | undefined>();
  if (people) answers.set(people, made);
  return made;
}

const indexes = new WeakMap<PeopleFacts, ReadonlyMap<string, Subject>>();

/** By what stands behind `type;`: the SID of a group, `tenant\name` of a person, three parts of a build identity. */
function indexOf(people: PeopleFacts): ReadonlyMap<string, Subject> {
  const kept = indexes.get(people);
  if (kept) return kept;
  const groups = people.groups.map(
    ({ descriptor, principalName }) => [decodedPart(descriptor), { subject: descriptor, name: principalName }] as const,
  );
  const users = people.users.flatMap(({ descriptor, name, account }) => {
    const subject = { subject: descriptor, name };
    const keys = [decodedPart(descriptor), ...(account === undefined ? [] : [account.toLowerCase()])];
    return keys.map((key) => [key, subject] as const);
  });
  const made = new Map([...users, ...groups]);
  indexes.set(people, made);
  return made;
}

function identifierOf(descriptor: string): string {
  return descriptor.slice(descriptor.indexOf(";") + 1).toLowerCase();
}

/** `S-1-9-…` of `vssgp.Uy0xLTkt…`. */
export function decodedPart(subject: string): string {
  return Buffer.from(subject.slice(subject.indexOf(".") + 1), "base64url")
    .toString("utf8")
    .toLowerCase();
}
