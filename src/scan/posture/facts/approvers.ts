/** Whether an approval is independent: who may give it, and whether they are other people than those whose run waits. */
import type { UserFact } from "#model/posture/access-facts.ts";
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
  const author = approval.requesterMayApprove ? undefined : soleAuthor(approval, given);
  if (author) doubts.push(author);
  return { doubts, unsure };
}

/** One vote is enough, and somebody who may give it made the pipeline that waits for it. */
function soleAuthor({ approvers, minimum }: Approval, { membership, authored }: Given): Doubt | undefined {
  const needed = minimum === 0 ? approvers.length : minimum;
  if (needed > 1) return undefined;
  for (const { name, createdBy } of authored) {
    if (createdBy === undefined) continue;
    const approver = approvers.find((one) => {
      if (isOf(createdBy, one.name, one.descriptor ?? one.id)) return true;
      return peopleOf(one.descriptor, membership).some((user) =>
        isOf(createdBy, user.name, user.descriptor, user.mail),
      );
    });
    if (approver) {
      const who = approver.name === createdBy ? createdBy : `${createdBy} (by way of ${approver.name})`;
      return { is: "author", says: `one vote is enough, and ${who}, who made the pipeline ${name}, may give it` };
    }
  }
  return undefined;
}

function isOf(createdBy: string, ...names: readonly (string | undefined)[]): boolean {
  return names.some((name) => name !== undefined && name.toLowerCase() === createdBy.toLowerCase());
}

function peopleOf(group: string | undefined, membership: Membership | undefined): readonly UserFact[] {
  if (group === undefined || !membership?.groups.has(group)) return [];
  return [...membership.membersOf(group)].flatMap((member) => membership.users.get(member) ?? []);
}
