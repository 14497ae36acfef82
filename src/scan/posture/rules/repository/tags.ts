/** Whether a tag that pipelines rely on can be put onto another commit. */
import type { RepositoryFact } from "#model/posture/code-facts.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { Evidence, PostureAnswer } from "#model/posture/posture-result.ts";
import {
  exampleList,
  examplePipeline,
  exampleRepository,
  exampleRepositoryId,
  gitActions,
  noAccess,
} from "../../example-facts.ts";
import { gitTokens, type Holder, holdersOf, sayHolder } from "../../facts/access-of.ts";
import { breadthOf, isAdministrative, isBroad, isBuildIdentity } from "../../facts/broad-groups.ts";
import { membershipOf } from "../../facts/membership.ts";
import { repositoryPage } from "../../facts/pages-of.ts";
import { listed } from "../../makers/access-rule.ts";
import type { PostureContext } from "../../posture-context.ts";
import { exampleProjectId } from "../../posture-example.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass } from "../../posture-rule.ts";

const ofTags = `repoV2/${exampleProjectId}/${exampleRepositoryId}/refs/tags`;
const pinned = [
  examplePipeline({
    items: [
      {
        kind: "repository",
        name: "Payments/payments",
        version: "c".repeat(40),
        from: "refs/tags/v1",
        certainty: "authorised",
        jobs: [],
        evidence: [{ what: "azure-pipelines.yml:4" }],
      },
    ],
  }),
];

function tagged(name: string, allow: number) {
  return {
    project: {
      repositories: [exampleRepository()],
      access: { ...noAccess, git: { actions: gitActions, lists: [exampleList(ofTags, [{ name, allow }])] } },
    },
    pipelines: pinned,
  };
}

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/repository-pinned-tag-movable",
    aliases: ["ado-git-tag-mutable"],
    category: "repository",
    title: "A tag that pipelines take templates from can be moved",
    severity: "medium",
    risks: ["CICD-SEC-3"],
    why: "Pipelines that name the tag run other code the next day, and nothing in their own repositories has changed.",
    abuse:
      "Somebody deletes the tag and sets it again on a commit with a step of their own: every pipeline that names it runs that.",
    fix: 'Repository settings > Security > Tags: set "Force push (rewrite history, delete branches and tags)" to "Deny" and "Create tag" to "Not set" for everybody but those who release templates.',
    links: ["https://learn.microsoft.com/azure/devops/organizations/security/namespace-reference"],
    needs: ["repositories", "access"],
    checkProject: ({ repositories, project, organization }, context) =>
      pinnedTags(repositories, project, organization, context).map(({ repository, tag, evidence }) => {
        const url = repositoryPage(organization, project, { id: repository.id, ref: tag, tab: "permissions" });
        const name = `${repository.name}/${tag.slice("refs/tags/".length)}`;
        const resource = { kind: "tag", id: `${repository.id}/${tag}`, name, projectId: project.id, url };
        const given = { repository, tag, evidence, url, project, organization };
        return { resource, answer: answerOf(given, context) };
      }),
    examples: {
      bad: [tagged("Contributors", 8), tagged("Contributors", 32), tagged("Payments Build Service (contoso)", 8)],
      good: [tagged("Project Administrators", 8 | 32), tagged("Contributors", 4)],
    },
  }),
];

interface PinnedTag {
  readonly repository: RepositoryFact;
  readonly tag: string;
  readonly evidence: readonly Evidence[];
}

/** Tags of this project's repositories that a pipeline of any project, or a check that requires a template, names. */
function pinnedTags(
  repositories: readonly RepositoryFact[],
  project: ProjectFacts,
  { projects }: OrganizationFacts,
  { pipelines }: PostureContext,
): readonly PinnedTag[] {
  const found = new Map<string, { repository: RepositoryFact; tag: string; evidence: Evidence[] }>();
  const byName = new Map(
    repositories.flatMap((one) => [
      [one.name.toLowerCase(), one],
      [one.id.toLowerCase(), one],
    ]),
  );
  function note(where: string, tag: string | undefined, isHere: boolean, evidence: readonly Evidence[]): void {
    const [first = "", second] = where.toLowerCase().split("/");
    if (!tag?.startsWith("refs/tags/")) return;
    if (second === undefined ? !isHere : first !== project.name.toLowerCase()) return;
    const repository = byName.get(second ?? first);
    if (!repository) return;
    const key = `${repository.id}/${tag}`;
    const known = found.get(key) ?? { repository, tag, evidence: [] };
    found.set(key, known);
    known.evidence.push(...evidence);
  }

  for (const { projectId, items } of pipelines) {
    for (const { kind, name, from, version, evidence } of items) {
      if (kind === "repository") note(name, from ?? version, projectId === project.id, evidence);
    }
  }
  for (const { id, checks } of projects) {
    if (checks.is === "unknown") continue;
    for (const { id: check, isEnabled, settings, url } of checks.value) {
      if (!isEnabled || settings.is !== "required-template") continue;
      for (const { repository, ref, path } of settings.templates) {
        const what = `check ${check}: requires ${path} of ${repository} at ${ref}`;
        note(repository, ref, id === project.id, [{ what, ...(url !== undefined && { url }) }]);
      }
    }
  }
  return [...found.values()];
}

/** Who may only create tags moves none, except those that are their own: told, but as small. */
function answerOf(
  {
    repository,
    tag,
    evidence,
    url,
    project,
    organization,
  }: PinnedTag & { readonly url: string; readonly project: ProjectFacts; readonly organization: OrganizationFacts },
  { settings }: PostureContext,
): PostureAnswer {
  if (project.access.is === "unknown") return notEvaluated(project.access.reason);
  const { git } = project.access.value;
  const membership = organization.people.is === "known" ? membershipOf(organization.people.value) : undefined;
  const tokens = gitTokens(project.id, repository.id, tag);
  const unknown: string[] = [];
  function broadOf(action: string): readonly Holder[] {
    return (holdersOf(git, tokens, action, membership) ?? []).filter((holder) => {
      if (isAdministrative(holder.name)) return false;
      if (isBuildIdentity(holder, membership)) return true;
      const breadth = breadthOf(holder, membership, settings);
      if (breadth.is === "unknown")
        unknown.push(`How many people may move the tag as ${holder.name} is not known: ${breadth.because}.`);
      return isBroad(breadth);
    });
  }
  const movers = broadOf("ForcePush");
  const makers = movers.length > 0 ? movers : broadOf("CreateTag");
  const isOnlyMaking = movers.length === 0;
  if (makers.length === 0) {
    const [reason] = unknown;
    return reason === undefined ? pass : notEvaluated(reason);
  }
  const who = listed(makers.map(({ name }) => name));
  return fail(
    isOnlyMaking ? "low" : "medium",
    `${who} may ${isOnlyMaking ? "create" : "move or delete"} the tag that pipelines name`,
    {
      evidence: [...makers.slice(0, 10).map((holder) => ({ what: sayHolder(holder), url })), ...evidence.slice(0, 10)],
      fix: `On the tab "Security" of this page set "${isOnlyMaking ? "Create tag" : "Force push (rewrite history, delete branches and tags)"}" to "Deny" for ${who}.`,
      ...(isOnlyMaking && { severityBecause: "they may create tags and move their own, not those of others" }),
    },
  );
}
