/**
 * Every pipeline of an organization with its code joined to its settings: who starts it, what it uses, what it is made of, and
 * what rules on code say once policies, checks, pools and permissions are known. What is not known stays a gap that is told.
 */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureResource } from "#model/posture/posture-result.ts";
import type { PipelineFacts } from "../../cicd/azure/pipeline-facts.ts";
import type { PipelineSubject } from "../../cicd/azure/pipeline-rule.ts";
import { isBareTemplate } from "../../cicd/azure/recognize.ts";
import { submoduleAddresses } from "../../cicd/azure/submodules.ts";
import { taintOf } from "../../cicd/azure/taint.ts";
import { itemsOf, textAt, valueAt } from "../../formats/azure-pipeline/source-node.ts";
import type { PostureSettings } from "../posture-settings.ts";
import { comparePreview } from "./compare-preview.ts";
import { type ExposureFound, exposureOf } from "./exposure-of.ts";
import type { ProvedFacts } from "./facts-with-evidence.ts";
import { injectionsOf } from "./injections-of.ts";
import { billItems } from "./items-of.ts";
import { joinResults, unreadResults } from "./join-results.ts";
import type { Exposure, JudgedPipeline } from "./judged-pipeline.ts";
import type { PipelineSource } from "./pipeline-source.ts";
import { type Definition, type PipelineCode, type ReadCode, readCode } from "./read-code.ts";
import { resourceFactsOf } from "./resource-facts.ts";
import { startFactsOf } from "./start-facts.ts";
import { usesOf } from "./uses-of.ts";

/** First who starts each, because what comes out of one pipeline goes into another. */
export function judgePipelines(
  facts: OrganizationFacts,
  sources: readonly PipelineSource[],
  settings: PostureSettings,
): readonly JudgedPipeline[] {
  const bySource = new Map(sources.map((source) => [`${source.projectId} ${source.definitionId}`, source]));
  return facts.projects.flatMap((project) => {
    if (project.definitions.is === "unknown") return [];
    const read = project.definitions.value.map((definition): Started => {
      const given: Definition = { organization: facts, project, definition };
      const code = codeOf(given, bySource.get(`${project.id} ${definition.id}`));
      const starts = startFactsOf(given);
      return { given, code, starts, exposed: exposureOf(given, code.is === "read" ? code : undefined, starts) };
    });
    const upstreams = upstreamsOf(read);
    return read.map((one) => {
      try {
        return judged(one, upstreams, settings);
      } catch (error) {
        return judged({ ...one, code: failed(error) }, upstreams, settings);
      }
    });
  });
}

/** One file that defeats us must not take the answers about all others with it. */
function codeOf(given: Definition, source: PipelineSource | undefined): ReadCode {
  try {
    return readCode(given, source);
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): ReadCode {
  const what = error instanceof Error ? error.message : String(error);
  return { is: "unread", reason: `Its code could not be judged (${what}); please report this.` };
}

interface Started {
  readonly given: Definition;
  readonly code: ReadCode;
  readonly starts: ProvedFacts;
  readonly exposed: ExposureFound;
}

type Upstreams = NonNullable<PipelineFacts["upstreams"]>;

/** By name, by folder and name, and by id: all of these are written down. */
function upstreamsOf(all: readonly Started[]): Upstreams {
  return Object.fromEntries(
    all.flatMap(({ given: { definition }, exposed: { exposure } }) => {
      const isUnreviewed = runsUnreviewed(exposure);
      if (isUnreviewed === undefined) return [];
      const whole = `${definition.folder}\\${definition.name}`.replace(/^\\+/, "");
      return [definition.name, whole, `${definition.id}`].map(
        (name) => [name.toLowerCase(), { isUnreviewed }] as const,
      );
    }),
  );
}

function runsUnreviewed({ pullRequests, forks, openBranches }: Exposure): boolean | undefined {
  if (pullRequests || forks || openBranches) return true;
  return pullRequests === false && openBranches === false ? false : undefined;
}

function judged(
  { given, code, starts, exposed }: Started,
  upstreams: Upstreams,
  settings: PostureSettings,
): JudgedPipeline {
  const { project, definition } = given;
  const resource: PostureResource = {
    ...{ kind: "pipeline", id: `${definition.id}`, name: definition.name, projectId: project.id, url: definition.url },
  };
  const read = code.is === "read" ? code : undefined;
  const uses = usesOf(given, read);
  const shared = {
    ...{ projectId: project.id, definition, exposure: exposed.exposure, uses },
    items: billItems(given, read, uses),
  };
  if (code.is === "unread") {
    const gaps = [...(definition.kind === "classic" ? [] : [code.reason]), ...exposed.gaps];
    const results = definition.kind === "classic" ? [] : unreadResults(resource, code.reason);
    return { ...shared, injections: [], results, gaps };
  }
  const { source, pipeline } = code;
  const { repositoryId, ref, commit, path } = source;
  const proved = provedFacts(given, code, { starts, upstreams, settings, uses });
  const queueVariables = namedIn(pipeline, proved.facts.queueVariables ?? []);
  // A scan of files may take for a template what a definition starts.
  const isTemplate = isBareTemplate(path, pipeline.expanded.file.text);
  const alone: PipelineSubject = { pipeline, taint: taintOf(pipeline), isTemplate };
  const taint = queueVariables.length === 0 ? alone.taint : taintOf(pipeline, queueVariables);
  const subject = isTemplate || taint !== alone.taint ? { pipeline, taint, isTemplate: false } : alone;
  return {
    ...shared,
    source: { repositoryId, ref, commit, path },
    injections: injectionsOf(subject, code),
    results: joinResults({ code, resource, alone, subject, proved }),
    gaps: [
      ...code.gaps,
      ...exposed.gaps,
      ...(source.preview === undefined ? [] : comparePreview(source, source.preview)),
    ],
  };
}

const namedVariable = /\$\(([^()\s]{1,200})\)|variables(?:\.([\w.]{1,200})|\[\s*'([^']{1,200})'\s*\])/gi;

/** Most pipelines use none of them. */
function namedIn({ expanded: { files } }: PipelineCode["pipeline"], names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const used = new Set<string>();
  for (const { text } of files) {
    for (const [, macro, dotted, quoted] of text.matchAll(namedVariable))
      used.add((macro ?? dotted ?? quoted ?? "").toLowerCase());
  }
  return names.filter((name) => used.has(name));
}

interface Known {
  readonly starts: ProvedFacts;
  readonly upstreams: Upstreams;
  readonly settings: PostureSettings;
  readonly uses: JudgedPipeline["uses"];
}

function provedFacts(given: Definition, code: PipelineCode, known: Known): ProvedFacts {
  const { starts, upstreams, settings, uses } = known;
  const { pipeline, source } = code;
  const groupNames = new Set<string>();
  for (const { visible } of [{ visible: pipeline.variables }, ...pipeline.jobs]) {
    for (const { isGroup, name } of visible) if (isGroup) groupNames.add(name);
  }
  const resources = resourceFactsOf(given, { groupNames, settings, uses });
  const outsideSubmodules = submodulesOf(given, source);
  const evidence = new Map([...starts.evidence, ...resources.evidence]);
  for (const { source: name } of namedUpstreams(code)) {
    const one = upstreams[name.toLowerCase()];
    const what = one?.isUnreviewed ? "runs code that nobody reviewed" : "runs only what was reviewed";
    if (one) evidence.set(`upstreams.${name.toLowerCase()}`, [{ what: `pipeline ${name}: ${what}` }]);
  }
  return {
    facts: {
      ...starts.facts,
      ...resources.facts,
      upstreams,
      ...(outsideSubmodules && { outsideSubmodules }),
      reasons: { ...starts.facts.reasons, ...resources.facts.reasons, ...whyNoSubmodules(source) },
    },
    evidence,
  };
}

function namedUpstreams({ pipeline: { root } }: PipelineCode): readonly { readonly source: string }[] {
  return itemsOf(valueAt(valueAt(root, "resources"), "pipelines")).flatMap((item) => {
    const source = textAt(item, "source");
    return source === undefined ? [] : [{ source: source.replace(/^\\/, "") }];
  });
}

/** Undefined if `.gitmodules` was not read. */
function submodulesOf({ organization }: Definition, { files }: PipelineSource): readonly string[] | undefined {
  const text = files.get(".gitmodules");
  if (typeof text !== "string") return undefined;
  const own = [hostAndName(organization.url), `ssh.dev.azure.com:v3/${organization.name.toLowerCase()}/`];
  const isOwn = (address: string): boolean => own.some((one) => hostAndName(address).startsWith(one));
  return submoduleAddresses(text).filter((address) => !/^\.{0,2}\//.test(address) && !isOwn(address));
}

function whyNoSubmodules({ files }: PipelineSource): { readonly outsideSubmodules?: string } {
  const file = files.get(".gitmodules");
  if (typeof file !== "object") return {};
  return { outsideSubmodules: `The addresses of submodules are not known: .gitmodules: ${file.missing}.` };
}

/** `dev.azure.com/contoso/…` of `https://contoso@dev.azure.com/contoso/…`. */
function hostAndName(address: string): string {
  return `${address
    .replace(/^[a-z][\w+.-]*:\/\//i, "")
    .replace(/^[^/@]*@/, "")
    .replace(/\/$/, "")}/`.toLowerCase();
}
