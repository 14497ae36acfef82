/** Runs that somebody asked for who never did before, and who is not one of the project's own people. */
import type { PersonReference, RunFact } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { exampleUser } from "../../example-facts.ts";
import { guestsAmong, isOlder, staleness } from "../../facts/humans-of.ts";
import { type Membership, membershipOf } from "../../facts/membership.ts";
import type { PostureContext } from "../../posture-context.ts";
import { exampleProjectId } from "../../posture-example.ts";
import { fail, notEvaluated, pass } from "../../posture-rule.ts";
import { examplePeople } from "../../resource-examples.ts";
import { askedBy, isByHand } from "../asked-by.ts";
import { type GivenRun, onRun, type RunRule } from "../run-rule.ts";

const person = (name: string) => ({ id: name, name, descriptor: `aad.${name}` });
const system = { id: "s", name: "Microsoft.VisualStudio.Services.TFS", descriptor: "s2s.tfs" };
const team = examplePeople(
  { Contributors: [exampleUser("ada")], Guests: [exampleUser("eve", { kind: "guest" })] },
  exampleProjectId,
);
const outsiders = examplePeople({ "Other team": [exampleUser("mallory")] });
const people = {
  users: [...team.users, ...outsiders.users],
  groups: [...team.groups, ...outsiders.groups],
  members: { ...team.members, ...outsiders.members },
};
const by = (name: string, reason = "manual"): Partial<RunFact> => ({
  reason,
  requestedFor: person(name),
  requestedBy: person(name),
});

export const rules: readonly RunRule[] = [
  onRun({
    id: "cicd/run-unexpected-requester",
    aliases: ["ado-run-unexpected-requester"],
    title: "Somebody unusual started a run",
    severity: "medium",
    risks: ["CICD-SEC-10"],
    why: "A person who never ran this pipeline and does not work on the project may be somebody who took over their account or token.",
    abuse:
      "With a stolen session or token somebody starts a pipeline that deploys or holds secrets, with parameters of their choice.",
    fix: "Ask the person, in another way than by mail, whether it was them. If not: revoke their sessions and tokens and look at what the run did. An approval on what the pipeline uses stops the next one.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/approvals"],
    judge: requesterAnswer,
    examples: {
      bad: [
        { organization: { people }, run: by("eve") },
        { organization: { people }, run: by("mallory") },
        { organization: { people }, run: { reason: "individualCI", requestedFor: person("eve"), requestedBy: system } },
        {
          organization: { people },
          run: by("mallory"),
          earlier: [{ ...by("mallory"), queuedAt: "2025-06-01T00:00:00Z" }],
        },
      ],
      good: [
        { organization: { people }, run: by("ada") },
        { organization: { people }, run: by("eve"), earlier: [by("eve", "individualCI")] },
        { organization: { people }, run: { reason: "schedule", requestedFor: system, requestedBy: system } },
      ],
    },
  }),
];

function requesterAnswer(given: GivenRun, { settings, now }: PostureContext): PostureAnswer {
  const { run, earlier } = given;
  const who = askedBy(run);
  if (who === undefined) return notEvaluated("Azure DevOps does not tell who asked for the run.");
  if (who === "the system") return pass;
  if (earlier.is === "unknown") return notEvaluated(`Earlier runs of the pipeline are not known: ${earlier.reason}`);
  const known = earlier.value.find(
    (one) =>
      !isOlder(one.queuedAt, settings.staleAfter, new Date(run.queuedAt)) &&
      [one.requestedFor, one.requestedBy].some((other) => other !== undefined && isSame(other, who)),
  );
  if (known) return pass;
  const doubt = strangeness(who, given, settings.staleAfter, now);
  if (typeof doubt === "string") return notEvaluated(doubt);
  if (!doubt) return pass;
  const isManual = isByHand(run);
  const severity = doubt.isMild ? "low" : isManual ? "high" : "medium";
  return fail(severity, `${who.name} started it for the first time in ${settings.staleAfter} days, and ${doubt.says}`, {
    ...(severity === "high" && { severityBecause: "it was started by hand, with whatever values they gave" }),
    ...(severity === "low" && { severityBecause: "programs often start pipelines" }),
    evidence: [
      {
        what: `build ${run.id}: reason = ${run.reason}, requestedFor = ${run.requestedFor?.name ?? "(none)"}, requestedBy = ${run.requestedBy?.name ?? "(none)"}`,
        url: run.url,
      },
      { what: doubt.proof },
    ],
  });
}

function isSame(a: PersonReference, b: PersonReference): boolean {
  if (a.descriptor !== undefined && b.descriptor !== undefined) return a.descriptor === b.descriptor;
  return a.id.toLowerCase() === b.id.toLowerCase();
}

interface Strange {
  readonly says: string;
  readonly proof: string;
  readonly isMild?: boolean;
}

/** A text: why it cannot be said. Undefined: one of the project's own people. */
function strangeness(
  { name, descriptor }: PersonReference,
  { organization, projectId }: GivenRun,
  staleAfter: number,
  now: Date,
): Strange | string | undefined {
  const { people: fact, entitlements } = organization;
  if (fact.is === "unknown") return `People and groups are not known: ${fact.reason}`;
  if (descriptor === undefined) return `Azure DevOps does not tell which of its people ${name} is.`;
  const membership = membershipOf(fact.value);
  const user = membership.users.get(descriptor);
  if (!user) {
    if (!/^(?:aad|msa)\./.test(descriptor)) return `${name} is not among the people that were read.`;
    return {
      says: "is not among the people of the organization",
      proof: `graph users: none has descriptor ${descriptor}`,
    };
  }
  const proof = `graph user ${descriptor}: ${user.kind}`;
  if (user.isDeletedInOrigin) {
    return {
      says: "their account is deleted in the directory",
      proof: `graph user ${descriptor}: isDeletedInOrigin = true`,
    };
  }
  if (guestsAmong([user], organization).length > 0) return { says: "is a guest", proof };
  if (user.kind === "build-identity") {
    const isOther = user.buildsFor !== undefined && user.buildsFor !== "organization" && user.buildsFor !== projectId;
    return isOther ? { says: "stands for the builds of another project", proof } : undefined;
  }
  if (user.kind === "service-principal") return { says: "is a program, not a person", proof, isMild: true };
  const entitled =
    entitlements.is === "known" ? entitlements.value.find((one) => one.descriptor === descriptor) : undefined;
  // The run itself counts as coming: only what was read before it can tell.
  const stale = entitled && staleness(entitled, staleAfter, now);
  if (stale) return { says: stale.says, proof: `userentitlements ${descriptor}: ${stale.proof}` };
  if (isOfProject(descriptor, projectId, membership)) return undefined;
  const unlisted = unlistedGroup(projectId, membership);
  if (unlisted !== undefined)
    return `Whether ${name} is in ${unlisted}, which works on the project, Azure DevOps does not tell.`;
  return {
    says: "is in no group of this project",
    proof: `memberships of ${descriptor}: none of project ${projectId}`,
  };
}

function unlistedGroup(projectId: string, { groups, sizeOf }: Membership): string | undefined {
  for (const group of groups.values()) {
    const [first] = group.projectId === projectId ? sizeOf(group.descriptor).unknownGroups : [];
    if (first !== undefined) return first;
  }
  return undefined;
}

/** Administrators of the organization work on every project. */
function isOfProject(descriptor: string, projectId: string, { circlesOf, groups }: Membership): boolean {
  return [...circlesOf(descriptor)].some((circle) => {
    const group = groups.get(circle);
    return (
      group !== undefined &&
      (group.projectId === projectId || /^project collection (?:build )?administrators$/i.test(group.name))
    );
  });
}
