/** Templates that pipelines take from other repositories: whoever writes the branch they are taken from writes the pipelines. */
import type { RepositoryFact } from "#model/posture/code-facts.ts";
import type { BillItem } from "#model/posture/pipeline-bill.ts";
import { type Ground, heldBy, type PipelineGround, type ProjectGround, proof } from "./ground.ts";
import { addWay } from "./guarded-graph.ts";
import { addPipelineRun, joinCrossing } from "./run-place.ts";
import type { Building } from "./ways-to-code.ts";
import { branchKeys } from "./ways-to-default-branch.ts";

interface TemplateUse {
  readonly pipeline: PipelineGround;
  readonly item: BillItem;
}

export function addTemplateWays({ ground, graph, places }: Building, home: ProjectGround): void {
  for (const repository of home.repositories) {
    const { defaultBranch: ref } = repository;
    if (ref === undefined) continue;
    for (const { pipeline, item } of usesOfTemplates(ground).get(repository.id.toLowerCase()) ?? []) {
      const project = ground.byId.get(pipeline.project.id);
      if (!project || !isOfBranch(item, ref)) continue;
      const { definition } = pipeline;
      const key = addPipelineRun(graph, places, {
        pipeline,
        project,
        theirs: "all",
        hasSecrets: true,
        tag: "template",
        ref: ownRef(project, definition.repository),
      });
      const keys = branchKeys(graph, { project: home, repository, ref });
      const words = {
        is: "includes",
        says: `${definition.name} of ${project.facts.name} includes ${item.name} as it stands there when it runs`,
        certainty: item.certainty,
        evidence: item.evidence.length > 0 ? item.evidence : [proof(`template ${item.name}`, { url: definition.url })],
      } as const;
      addWay(graph, keys.free, key, words);
      addWay(graph, keys.reviewed, key, words);
      joinCrossing(graph, places, key, `${keys.free} template`);
    }
  }
}

/** The pipeline's own code stays as it is, on its own branch. */
function ownRef(project: ProjectGround, { id, defaultBranch }: PipelineGround["definition"]["repository"]) {
  const own = project.repositories.find((one) => one.id.toLowerCase() === id.toLowerCase());
  const name = defaultBranch ?? own?.defaultBranch ?? "refs/heads/main";
  const held = own && heldBy(project.facts, own, name);
  return { is: "named", name, isProtected: held && held.length > 0, isFree: () => false, isUnchanged: true } as const;
}

/** Where it is taken from, as it is written: tags and commits stand; what names no branch is the default one. */
function isOfBranch({ isMutable, from, version }: BillItem, ref: string): boolean {
  if (isMutable === false) return false;
  const written = from?.startsWith("refs/") ? from : version;
  return written === undefined || written === ref || `refs/heads/${written}` === ref;
}

const uses = new WeakMap<Ground, ReadonlyMap<string, readonly TemplateUse[]>>();

/** By the repository that holds the template, one for each pipeline. */
function usesOfTemplates(ground: Ground): ReadonlyMap<string, readonly TemplateUse[]> {
  const known = uses.get(ground);
  if (known) return known;
  const found = new Map<string, Map<PipelineGround, TemplateUse>>();
  const names = repositoryNames(ground);
  for (const pipeline of ground.projects.flatMap(({ pipelines }) => pipelines)) {
    for (const item of pipeline.judged?.items ?? []) {
      if (item.kind !== "template") continue;
      const repository = repositoryOf(item, pipeline, names);
      if (!repository || repository.id.toLowerCase() === pipeline.definition.repository.id.toLowerCase()) continue;
      const own = found.get(repository.id.toLowerCase()) ?? new Map<PipelineGround, TemplateUse>();
      if (!own.has(pipeline)) own.set(pipeline, { pipeline, item });
      found.set(repository.id.toLowerCase(), own);
    }
  }
  const made = new Map([...found].map(([id, own]) => [id, [...own.values()]]));
  uses.set(ground, made);
  return made;
}

type Names = ReadonlyMap<string, RepositoryFact>;

function repositoryNames(ground: Ground): Names {
  const names = new Map<string, RepositoryFact>();
  for (const { facts, repositories } of ground.projects) {
    for (const repository of repositories) {
      names.set(repository.id.toLowerCase(), repository);
      names.set(`${facts.name}/${repository.name}`.toLowerCase(), repository);
    }
  }
  return names;
}

/** `Platform/templates/steps/build.yml`, or without the project; a file of the pipeline's own repository names none. */
function repositoryOf({ id, name }: BillItem, { project }: PipelineGround, names: Names): RepositoryFact | undefined {
  const [first = "", second = "", ...path] = name.split("/");
  const tried = [id, path.length > 0 ? `${first}/${second}` : undefined, `${project.name}/${first}`];
  for (const word of tried) {
    const found = word === undefined ? undefined : names.get(word.toLowerCase());
    if (found) return found;
  }
  return undefined;
}
