/**
 * What the service would run of a YAML file that needs nothing else: implied stages and jobs filled in, shortcuts
 * written as tasks. A file with templates or template expressions is refused: this stand-in does not evaluate them.
 */
import { parse, stringify } from "yaml";
import { isRecord } from "../pull-requests/request-body.ts";

type Expanded =
  | { readonly is: "expanded"; readonly finalYaml: string }
  | { readonly is: "refused"; readonly why: string };

const largest = 1_000_000;

const shortcuts: Readonly<Record<string, { readonly task: string; readonly inputs: (value: unknown) => object }>> = {
  script: { task: "CmdLine@2", inputs: (script) => ({ script }) },
  bash: { task: "Bash@3", inputs: (script) => ({ targetType: "inline", script }) },
  pwsh: { task: "PowerShell@2", inputs: (script) => ({ targetType: "inline", script, pwsh: true }) },
  powershell: { task: "PowerShell@2", inputs: (script) => ({ targetType: "inline", script }) },
  checkout: {
    task: "6d15af64-176c-496d-b583-fd2ae21d4df4@1",
    inputs: (repository) => ({ repository }),
  },
  publish: { task: "PublishPipelineArtifact@1", inputs: (targetPath) => ({ targetPath }) },
  download: { task: "DownloadPipelineArtifact@2", inputs: (buildType) => ({ buildType }) },
};

/** Properties of a step that are its own whatever it runs. */
const ofSteps = [
  "name",
  "displayName",
  "condition",
  "enabled",
  "env",
  "continueOnError",
  "timeoutInMinutes",
  "retryCountOnTaskFailure",
  "target",
];

function expandStep(step: unknown): unknown {
  if (!isRecord(step)) return step;
  const found = Object.entries(shortcuts).find(([name]) => name in step);
  if (!found) return step;
  const [name, { task, inputs }] = found;
  const own = Object.entries(step).filter(([key]) => ofSteps.includes(key));
  const more = Object.entries(step).filter(([key]) => key !== name && !ofSteps.includes(key));
  return { task, ...Object.fromEntries(own), inputs: { ...inputs(step[name]), ...Object.fromEntries(more) } };
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function expandSteps(holder: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(holder).map(([key, value]) => {
      if (key === "steps") return [key, (Array.isArray(value) ? value : []).map(expandStep)];
      // strategies of deployments hold their steps deeper
      if (["strategy", "runOnce", "rolling", "canary", "on", "success", "failure"].includes(key) && isRecord(value))
        return [key, expandSteps(value)];
      if (["preDeploy", "deploy", "routeTraffic", "postRouteTraffic"].includes(key) && isRecord(value))
        return [key, expandSteps(value)];
      return [key, value];
    }),
  );
}

/** What a level without names belongs to. */
const ofJob = ["pool", "container", "services", "workspace", "strategy", "continueOnError", "steps"];

function expandLevels(root: Record<string, unknown>): Record<string, unknown> {
  if ("stages" in root || "extends" in root) return root;
  const take = (keys: readonly string[]) =>
    Object.fromEntries(Object.entries(root).filter(([key]) => keys.includes(key)));
  const leave = (keys: readonly string[]) =>
    Object.fromEntries(Object.entries(root).filter(([key]) => !keys.includes(key)));
  if ("jobs" in root) return { ...leave(["jobs"]), stages: [{ stage: "__default", jobs: root.jobs }] };
  return { ...leave(ofJob), stages: [{ stage: "__default", jobs: [{ job: "Job", ...take(ofJob) }] }] };
}

export function expandYaml(text: string): Expanded {
  if (text.length > largest) return { is: "refused", why: "Maximum object size exceeded." };
  let root: unknown;
  try {
    root = parse(text, { uniqueKeys: false, maxAliasCount: 0 });
  } catch (error) {
    return { is: "refused", why: error instanceof Error ? error.message : "The file is not YAML." };
  }
  if (!isRecord(root)) return { is: "refused", why: "A mapping was expected." };
  if (/\$\{\{/.test(text) || /^\s*(?:-\s+)?(?:template|extends)\s*:/m.test(text))
    return { is: "refused", why: "This stand-in for the service expands neither templates nor template expressions." };
  const levels = expandLevels(root);
  const stages = records(levels.stages).map((stage) => ({
    ...stage,
    jobs: records(stage.jobs ?? []).map(expandSteps),
  }));
  return { is: "expanded", finalYaml: stringify({ ...levels, stages }, { lineWidth: 0 }) };
}
