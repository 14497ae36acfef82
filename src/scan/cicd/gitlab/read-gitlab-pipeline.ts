/** Reads a pipeline of GitLab; a file that holds none is undefined, whatever it is called. */
import { type Block, child, itemsOf, type Node } from "../../formats/node.ts";
import type { GitlabPart, GitlabPipeline, GitlabScript } from "./gitlab-pipeline.ts";

/** What no job is called. */
const ownKeys = new Set(
  `default include stages variables workflow image services cache before_script after_script spec`.split(" "),
);
/** Keys at the top that belong to other programs. */
const foreignKeys = [
  "apiVersion",
  "jobs",
  "on",
  "runs",
  "steps",
  "pipelines",
  "language",
  "phases",
  "openapi",
  "resources",
];
const scriptKeys = ["before_script", "script", "after_script"];
const mostJobs = 5_000;
const mostScripts = 20_000;
const deepestScript = 10;

export function readGitlabPipeline(path: string, documents: readonly (Node | undefined)[]): GitlabPipeline | undefined {
  const blocks = documents.filter((node) => node?.is === "block");
  const head = blocks.find((block) => block.get("spec"));
  const body = blocks.find((block) => block !== head) ?? head;
  if (!body || foreignKeys.some((key) => body.get(key))) return undefined;
  const budget = { scripts: mostScripts };
  const shared = [body, child(body, "default")].filter((node) => node?.is === "block");
  const parts: GitlabPart[] = shared.map((block) => partOf("(all jobs)", block, budget));
  let jobs = 0;
  const names = body.keys();
  for (const name of names.slice(0, mostJobs)) {
    const job = body.get(name)?.value;
    if (job?.is !== "block" || ownKeys.has(name)) continue;
    if (isJob(job)) jobs++;
    parts.push(partOf(name, job, budget));
  }
  const isIncluded = body.get("include") !== undefined || (head !== undefined && jobs > 0);
  if (jobs === 0 && !isIncluded && !body.get("workflow")) return undefined;
  const leftOut = Math.max(0, names.length - mostJobs) + Math.max(0, -budget.scripts);
  return { path, body, parts, inputs: inputsOf(head), leftOut };
}

function isJob(block: Block): boolean {
  return ["script", "trigger", "extends", "run"].some((key) => block.get(key));
}

function partOf(address: string, body: Block, budget: { scripts: number }): GitlabPart {
  const hooks = child(child(body, "hooks"), "pre_get_sources_script");
  const nodes = [
    ...scriptKeys.map((key) => [key, child(body, key)] as const),
    ...itemsOf(child(body, "run")).map((step, index) => [`run[${index}]`, child(step, "script")] as const),
    ["hooks", hooks] as const,
  ];
  const scripts = nodes.flatMap(([key, node]) => scriptsIn(node, `${address}/${key}`, budget, 0));
  return { address, body, scripts };
}

function scriptsIn(
  node: Node | undefined,
  address: string,
  budget: { scripts: number },
  depth: number,
): readonly GitlabScript[] {
  if (node?.is === "list" && depth < deepestScript)
    return node.items.flatMap((item, index) => scriptsIn(item, `${address}[${index}]`, budget, depth + 1));
  if (node?.is !== "scalar" || typeof node.value !== "string" || budget.scripts-- <= 0) return [];
  return [{ address, node, text: node.value }];
}

function inputsOf(head: Block | undefined): ReadonlyMap<string, Node> {
  const inputs = child(child(head, "spec"), "inputs");
  if (inputs?.is !== "block") return new Map();
  return new Map(
    inputs.keys().flatMap((name) => {
      const member = inputs.get(name);
      return member ? [[name, member.value] as const] : [];
    }),
  );
}
