/** Whether an approval is independent: who may give it, and whether they are other people than those whose run waits. */
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { CheckSettings } from "#model/posture/resource-facts.ts";
import type { PostureSettings } from "../posture-settings.ts";
import { breadthOfReference } from "./breadth-of-reference.ts";
import { isBroad } from "./broad-groups.ts";
import type { Membership } from "./membership.ts";

export type Approval = CheckSettings & { readonly is: "approval" };

export interface Doubt {
  /** As the end of a sentence about the approval. */
  readonly says: string;
  readonly is: "requester" | "broad" | "build-identity" | "author";
}

export interface Judgement {
  readonly doubts: readonly Doubt[];
  /** What could not be said, as sentences. */
  readonly unsure: readonly string[];
}

interface Given {
  readonly membership: Membership | undefined;
  readonly settings: PostureSettings;
  /** Only where one approval should not be that of an author: pipelines that may use a resource of production. */
  readonly authored: readonly DefinitionFact[];
}

export function judgeApproval(approval: Approval, given: Given): Judgement {
  const doubts: Doubt[] = [];
  const unsure: string[] = [];
  if (approval.requesterMayApprove) {
    doubts.push({ is: "requester", says: "whoever starts the run may approve it" });
  }
  for (const approver of approval.approvers) {
    const { name } = approver;
    const breadth = breadthOfReference(approver, given.membership, given.settings);
    if (breadth.isBuild) doubts.push({ is: "build-identity", says: `${name} may approve: ${breadth.because}` });
    else if (isBroad(breadth)) doubts.push({ is: "broad", says: `${name} may approve: ${breadth.because}` });
    else if (breadth.is === "unknown")
      unsure.push(`Whether ${name} is a broad group is not known: ${breadth.because}.`);
  }
  const author = approval.requesterMayApprove ? undefined : soleAuthors(approval, given);
  if (author) doubts.push(author);
  return { doubts, unsure };
}

/** One vote is enough, and all who may give it are those who made the pipelines that wait for it. */
function soleAuthors({ approvers, minimum }: Approval, { membership, authored }: Given): Doubt | undefined {
  const needed = minimum === 0 ? approvers.length : minimum;
  const authors = new Map(
    authored.flatMap(({ name, createdBy }) => (createdBy === undefined ? [] : [[createdBy, name]])),
  );
  if (needed > 1 || authors.size === 0) return undefined;
  const people = approvers.flatMap((approver) => peopleOf(approver, membership));
  const made = people.map(({ name, descriptor, mail }) =>
    [...authors].find(([author]) => isOf(author, name, descriptor, mail)),
  );
  const [first] = made;
  if (!first || made.some((one) => one === undefined)) return undefined;
  const who = first[0];
  return {
    is: "author",
    says: `one vote is enough, and nobody may give it but ${who}, who made the pipeline ${first[1]}`,
  };
}

function isOf(createdBy: string, ...names: readonly (string | undefined)[]): boolean {
  return names.some((name) => name !== undefined && name.toLowerCase() === createdBy.toLowerCase());
}

interface Person {
  readonly name: string;
  readonly descriptor: string;
  readonly mail?: string;
}

function peopleOf(
  { id, name, descriptor }: Approval["approvers"][number],
  membership: Membership | undefined,
): readonly Person[] {
  if (descriptor === undefined || !membership?.groups.has(descriptor)) return [{ name, descriptor: descriptor ?? id }];
  return [...membership.membersOf(descriptor)].flatMap((member) => membership.users.get(member) ?? []);
}
