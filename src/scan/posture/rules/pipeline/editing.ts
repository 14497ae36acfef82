/** Who may change what a pipeline with something to lose does, in its definition or in the task groups that it takes steps from. */
import type { AccessFacts, AccessSpace } from "#model/posture/access-facts.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { ClassicStep, DefinitionFact, ReleaseFact, TaskGroupFact } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import {
  buildActions,
  exampleConnection,
  exampleDefinition,
  exampleList,
  examplePipeline,
  exampleRelease,
  exampleStage,
  noAccess,
} from "../../example-facts.ts";
import { definitionTokens, type Holder, holdersOf, sayHolder, taskGroupTokens } from "../../facts/access-of.ts";
import { breadthOf, isBroad } from "../../facts/broad-groups.ts";
import { definitionResource } from "../../facts/definition-resource.ts";
import { membershipOf } from "../../facts/membership.ts";
import { taskGroupPage } from "../../facts/pages-of.ts";
import { type Privilege, privilegedPipelines, sayPrivileges } from "../../facts/privileged-pipelines.ts";
import { isProduction } from "../../facts/production.ts";
import { listed } from "../../makers/access-rule.ts";
import type { PostureContext } from "../../posture-context.ts";
import { exampleProjectId } from "../../posture-example.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass, type ResourceAnswer } from "../../posture-rule.ts";
import type { PostureSettings } from "../../posture-settings.ts";

const connection = exampleConnection();
const privileged = {
  definitions: [exampleDefinition({ folder: "\\deploy" })],
  connections: [connection],
  variableGroups: [],
  environments: [],
  pipelinePermissions: [{ kind: "connection", id: connection.id, allPipelines: false, definitionIds: [7] }],
} as const;

function editable(...lists: AccessSpace["lists"]) {
  const access: AccessFacts = { ...noAccess, build: { actions: buildActions, lists } };
  return { project: { ...privileged, access }, pipelines: [examplePipeline()] };
}

const taskGroup: TaskGroupFact = {
  id: "77777777-4444-4444-8444-444444444444",
  name: "Deploy web",
  revision: 2,
  steps: [],
};
const groupStep: ClassicStep = {
  name: "Deploy",
  taskId: taskGroup.id,
  version: "1.*",
  isTaskGroup: true,
  isEnabled: true,
  inputs: [],
};

function grouped(allow: number, stage = "Production") {
  const lists = [exampleList(exampleProjectId, [{ name: "Contributors", allow }])];
  const access: AccessFacts = { ...noAccess, taskGroups: { actions: { Administer: 1, Edit: 2, Delete: 4 }, lists } };
  const stages = [exampleStage({ name: stage, phases: [{ tokenForScripts: false, steps: [groupStep] }] })];
  const releases = [exampleRelease({ stages })];
  return { project: { ...privileged, definitions: [], taskGroups: [taskGroup], releases, access } };
}

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/pipeline-edited-by-many",
    aliases: ["ado-def-edit-broad", "ADO_Build_AuthZ_Restrict_Broader_Group_Access"],
    category: "pipeline",
    title: "A pipeline with access to something worth having can be edited by many",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "The pipeline keeps what it was allowed to use whatever it is made to do: who edits it takes that over.",
    abuse: "Somebody points the definition to a branch and a YAML file of their own, runs it, and points it back.",
    fix: 'Pipelines > the pipeline > Manage security: set "Edit build pipeline" and "Administer build permissions" to "Deny" for the group, or move it into a folder that does not inherit.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/policies/permissions"],
    needs: ["definitions", "access"],
    checkProject: ({ definitions, access, project, organization }, context) =>
      definitions.flatMap((definition): readonly ResourceAnswer[] => {
        const answer = definitionAnswer(definition, access.build, { project, organization }, context);
        return answer ? [{ resource: definitionResource(project, definition), answer }] : [];
      }),
    examples: {
      bad: [
        editable(exampleList(exampleProjectId, [{ name: "Contributors", allow: 2048 }])),
        editable(exampleList(`${exampleProjectId}/deploy`, [{ name: "Readers", allow: 16384 }])),
        editable(exampleList(`${exampleProjectId}/deploy/7`, [{ name: "Project Valid Users", allow: 2048 }])),
      ],
      good: [
        editable(exampleList(exampleProjectId, [{ name: "Contributors", allow: 1024 }])),
        editable(exampleList(exampleProjectId, [{ name: "Build Administrators", allow: 2048 }])),
        editable(
          exampleList(exampleProjectId, [{ name: "Contributors", allow: 2048 }]),
          exampleList(`${exampleProjectId}/deploy`, [{ name: "Contributors", deny: 2048 }]),
        ),
        editable(
          exampleList(exampleProjectId, [{ name: "Contributors", allow: 2048 }]),
          exampleList(`${exampleProjectId}/deploy/7`, [], false),
        ),
      ],
    },
  }),
  onProjects({
    id: "cicd/task-group-edited-by-many",
    aliases: ["ado-taskgroup-editable", "ADO_Build_SI_Dont_Use_Broadly_Editable_Task_Group"],
    category: "pipeline",
    title: "A task group of privileged pipelines can be edited by many",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "One edit changes what every pipeline and release does that takes steps from it, with the connections of each.",
    abuse:
      "Somebody adds a step to the task group; the next release to production runs it, and no pipeline was touched.",
    fix: 'Pipelines > Task groups > the group > Security: set "Edit task group" to "Deny" for the group of people, or replace it by a YAML template in a repository with reviews.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/library/task-groups"],
    needs: ["taskGroups", "access"],
    checkProject: ({ taskGroups, access, project, organization }, context) =>
      taskGroups.flatMap((group): readonly ResourceAnswer[] => {
        const answer = groupAnswer(group, taskGroups, { access, project, organization }, context);
        const url = taskGroupPage(organization, project, group.id);
        const resource = { kind: "task-group", id: group.id, name: group.name, projectId: project.id, url };
        return answer ? [{ resource, answer }] : [];
      }),
    examples: {
      bad: [grouped(2), grouped(1)],
      good: [grouped(4)],
    },
  }),
];

interface Where {
  readonly project: ProjectFacts;
  readonly organization: OrganizationFacts;
}

/** Contributors may edit every pipeline unless somebody forbids it: only those with something to lose are told. */
function definitionAnswer(
  { id, folder, name }: DefinitionFact,
  space: AccessSpace,
  where: Where,
  context: PostureContext,
): PostureAnswer | undefined {
  const { of, gapsOf } = privilegedPipelines(where.project, context);
  const privileges = of(id);
  if (privileges.length === 0) {
    const [gap] = gapsOf(id);
    return gap === undefined
      ? undefined
      : notEvaluated(`Whether this pipeline may use anything worth protecting is not known. ${gap}`);
  }
  const tokens = definitionTokens(where.project.id, folder, id);
  const actions = ["EditBuildDefinition", "AdministerBuildPermissions"];
  const said = editorsOf(space, { tokens, actions }, where, context.settings);
  if (typeof said === "string") return notEvaluated(said);
  if (said.length === 0) return pass;
  const who = namesOf(said);
  return fail("high", `${who} may edit ${name}, which may use ${sayPrivileges(privileges)}`, {
    evidence: evidenceOf(said, where.project, privileges),
    fix: `Pipelines > ${name} > Manage security: set "Edit build pipeline" and "Administer build permissions" to "Deny" for ${who}.`,
  });
}

/** Names in the namespace MetaTask. */
const groupActions = ["Edit", "Administer"];

function groupAnswer(
  group: TaskGroupFact,
  all: readonly TaskGroupFact[],
  { access, ...where }: Where & { readonly access: AccessFacts },
  context: PostureContext,
): PostureAnswer | undefined {
  const { project } = where;
  const circle = usersOf(group, all);
  const uses = usesOf(circle, project, context);
  if (uses.found.length === 0) {
    const [gap] = uses.gaps;
    return gap === undefined
      ? undefined
      : notEvaluated(`Which pipelines take steps from this group is not fully known. ${gap}`);
  }
  const tokens = taskGroupTokens(project.id, group.id);
  const said = editorsOf(access.taskGroups, { tokens, actions: groupActions }, where, context.settings);
  if (typeof said === "string") return notEvaluated(said);
  if (said.length === 0) return pass;
  const who = namesOf(said);
  return fail(
    "high",
    `${who} may edit ${group.name}, which ${listed(
      uses.found.map(({ name }) => name),
      3,
    )} take steps from`,
    {
      evidence: [...evidenceOf(said, project, []), ...uses.found.slice(0, 10).map(({ what, url }) => ({ what, url }))],
      fix: `Pipelines > Task groups > ${group.name} > Security: set "Edit task group" to "Deny" for ${who}.`,
    },
  );
}

/** Itself and every task group that takes steps from it, directly or by way of others. */
function usersOf(group: TaskGroupFact, all: readonly TaskGroupFact[]): ReadonlySet<string> {
  const circle = new Set([group.id.toLowerCase()]);
  for (const id of circle) {
    for (const other of all) if (namesGroup(other.steps, new Set([id]))) circle.add(other.id.toLowerCase());
  }
  return circle;
}

function namesGroup(steps: readonly ClassicStep[], ids: ReadonlySet<string>): boolean {
  return steps.some(({ isTaskGroup, taskId }) => isTaskGroup && ids.has(taskId.toLowerCase()));
}

/** Pipelines with something to lose, and releases with a stage of production or with secrets. */
function usesOf(circle: ReadonlySet<string>, project: ProjectFacts, context: PostureContext) {
  const { of, gapsOf } = privilegedPipelines(project, context);
  const gaps: string[] = [];
  const found: { readonly name: string; readonly what: string; readonly url: string }[] = [];
  if (project.definitions.is === "unknown") gaps.push(project.definitions.reason);
  else {
    for (const { id, name, url, steps } of project.definitions.value) {
      if (!namesGroup(steps, circle)) continue;
      if (of(id).length > 0)
        found.push({ name, what: `pipeline ${id} takes steps from it and may use ${sayPrivileges(of(id))}`, url });
      else gaps.push(...gapsOf(id));
    }
  }
  if (project.releases.is === "unknown") gaps.push(project.releases.reason);
  else {
    for (const release of project.releases.value) {
      const stage = riskyStage(release, circle, context.settings);
      if (stage !== undefined) {
        found.push({
          name: release.name,
          what: `release ${release.id}: stage ${stage} takes steps from it`,
          url: release.url,
        });
      }
    }
  }
  return { found, gaps };
}

function riskyStage(
  { stages, variables }: ReleaseFact,
  circle: ReadonlySet<string>,
  { productionWords }: PostureSettings,
): string | undefined {
  return stages.find(
    (stage) =>
      stage.phases.some(({ steps }) => namesGroup(steps, circle)) &&
      (isProduction(stage.name, productionWords) ||
        [...variables, ...stage.variables].some(({ isSecret }) => isSecret)),
  )?.name;
}

/** Those who are many; a sentence if it cannot be said. */
function editorsOf(
  space: AccessSpace,
  { tokens, actions }: { readonly tokens: readonly string[]; readonly actions: readonly string[] },
  { organization }: Where,
  settings: PostureSettings,
): readonly Holder[] | string {
  const membership = organization.people.is === "known" ? membershipOf(organization.people.value) : undefined;
  const known = actions.filter((action) => space.actions[action] !== undefined);
  if (known.length === 0) return `Azure DevOps names no permission ${actions.join(" or ")}.`;
  const holders = known.flatMap((action) => holdersOf(space, tokens, action, membership) ?? []);
  const told = holders.map((holder) => ({ holder, breadth: breadthOf(holder, membership, settings) }));
  const broad = told.filter(({ breadth }) => isBroad(breadth)).map(({ holder }) => holder);
  const unknown = told.find(({ breadth: { is } }) => is === "unknown");
  if (broad.length > 0 || !unknown) return broad;
  return `How many people ${unknown.holder.name} lets edit it is not known: ${unknown.breadth.because}.`;
}

function namesOf(holders: readonly Holder[]): string {
  return listed([...new Set(holders.map(({ name }) => name))]);
}

function evidenceOf(holders: readonly Holder[], { access }: ProjectFacts, privileges: readonly Privilege[]) {
  const at = access.is === "known" ? { at: access.at } : {};
  return [
    ...holders.slice(0, 10).map((holder) => ({ what: sayHolder(holder), ...at })),
    ...privileges.slice(0, 5).map(({ evidence }) => evidence),
  ];
}
