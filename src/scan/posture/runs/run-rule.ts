/**
 * A rule on a run that has ended: words for people, what it says about the run, and examples that run as tests. What was not
 * read about the run is told as not evaluated, never as a pass.
 */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer, PostureResource } from "#model/posture/posture-result.ts";
import type { PostureContext } from "../posture-context.ts";
import type { PostureWords, ResourceAnswer } from "../posture-rule.ts";
import type { RunEvidence } from "./run-evidence.ts";
import type { RunExample } from "./run-example.ts";

export interface RunRule extends PostureWords<RunExample> {
  readonly category: "run";
  readonly check: (
    evidence: RunEvidence,
    facts: OrganizationFacts,
    context: PostureContext,
  ) => readonly ResourceAnswer[];
}

/** What a rule on runs is given: the run, and what is known around it. */
export interface GivenRun extends RunEvidence {
  readonly organization: OrganizationFacts;
  /** Absent if the project is not among those that were read. */
  readonly project?: ProjectFacts;
  readonly definition?: DefinitionFact;
}

interface RunWords extends Omit<PostureWords<RunExample>, "category"> {
  readonly judge: (given: GivenRun, context: PostureContext) => PostureAnswer;
}

/** Says one thing about the run as a whole. */
export function onRun({ judge, ...rule }: RunWords): RunRule {
  return {
    ...rule,
    category: "run",
    check: (evidence, organization, context) => {
      const given = givenRun(evidence, organization);
      return [{ resource: runResource(given), answer: judge(given, context) }];
    },
  };
}

function givenRun(evidence: RunEvidence, organization: OrganizationFacts): GivenRun {
  const project = organization.projects.find(({ id }) => id === evidence.projectId);
  const listed =
    project?.definitions.is === "known"
      ? project.definitions.value.find(({ id }) => id === evidence.run.definitionId)
      : undefined;
  const definition = evidence.ran?.definition ?? listed ?? evidence.standing?.definition;
  return { ...evidence, organization, ...(project && { project }), ...(definition && { definition }) };
}

export function runResource({ run, projectId, definition }: GivenRun): PostureResource {
  const pipeline = definition?.name ?? `pipeline ${run.definitionId}`;
  return {
    kind: "run",
    id: `${run.definitionId}/${run.id}`,
    name: `${pipeline} ${run.number}`,
    projectId,
    url: run.url,
  };
}
