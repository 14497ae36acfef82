/**
 * One pipeline with all its templates put together, as Azure Pipelines would run it: from files that are given, without a
 * network and within fixed limits. What could not be found stays a gap that is told, never a guess.
 */
import type { FormatProblem } from "../format-problem.ts";
import { answerOf } from "./answer.ts";
import { expandNode } from "./expand-node.ts";
import {
  type Context,
  type Expansion,
  limits,
  type OpenTemplate,
  type RepositoryResource,
  tell,
  type Unresolved,
  type VariableScope,
} from "./expansion.ts";
import { expandVariables, includeTemplates, openCalled } from "./include-templates.ts";
import { loadFile } from "./load-file.ts";
import { type Declared, declaredIn, parametersOfRun } from "./parameters.ts";
import {
  entryOf,
  itemsOf,
  type MapEntry,
  type MapNode,
  type PipelineNode,
  type SourceText,
  textAt,
  valueAt,
} from "./source-node.ts";

export interface ExpandedPipeline {
  readonly file: SourceText;
  /** Undefined if the file holds no mapping. */
  readonly root: MapNode | undefined;
  readonly declared: Declared;
  readonly repositories: readonly RepositoryResource[];
  readonly webhooks: readonly string[];
  /** Every file that took part, the pipeline first. */
  readonly files: readonly SourceText[];
  readonly unresolved: readonly Unresolved[];
  /** Every name of a template that was called. */
  readonly called: readonly PipelineNode[];
  readonly problems: readonly FormatProblem[];
  /** Templates that it extends, the nearest first. */
  readonly extended: readonly PipelineNode[];
}

export function expandPipeline(
  file: SourceText,
  open: OpenTemplate,
  mode: Expansion["mode"] = "possible",
): ExpandedPipeline {
  const expansion: Expansion = {
    ...{ mode, open, problems: [], unresolved: [], called: [], repositories: new Map(), files: new Map() },
    budget: { left: limits.text, nodes: limits.nodes, includes: limits.includes },
  };
  const loaded = loadFile(expansion, file);
  expansion.files.set(` ${file.path}`, loaded);
  const declared = declaredIn(loaded.root);
  const extended: PipelineNode[] = [];
  const webhooks = namesUnder(loaded.root, "webhooks", "webhook");
  let root: MapNode | undefined;
  if (loaded.root?.is === "map") {
    const context: Context = {
      ...{ file, repository: undefined, includer: undefined, variables: new Map(), locals: new Map() },
      parameters: parametersOfRun(expansion, declared, webhooks),
    };
    readRepositories(expansion, context, loaded.root);
    root = expandRoot(expansion, context, loaded.root, extended, 0);
  }
  const { problems, unresolved, called } = expansion;
  const files = [...expansion.files.values()].map((one) => one.file);
  return {
    file,
    root,
    declared,
    repositories: [...expansion.repositories.values()],
    webhooks,
    files,
    unresolved,
    called,
    problems,
    extended,
  };
}

function namesUnder(root: PipelineNode | undefined, list: string, key: string): readonly string[] {
  return itemsOf(valueAt(valueAt(root, "resources"), list)).flatMap((item) => textAt(item, key) ?? []);
}

/** Before all else, because every template may name one; variables are not known yet. */
function readRepositories(expansion: Expansion, context: Context, root: MapNode): void {
  const written = valueAt(valueAt(root, "resources"), "repositories");
  if (!written) return;
  const quiet: Expansion = { ...expansion, problems: [] };
  for (const item of itemsOf(expandNode(quiet, context, written, expandVariables))) {
    const alias = textAt(item, "repository");
    if (alias === undefined) continue;
    expansion.repositories.set(alias.toLowerCase(), {
      ...{
        alias,
        at: item.at,
        type: (textAt(item, "type") ?? "git").toLowerCase(),
        name: textAt(item, "name") ?? alias,
      },
      ...{ ref: refOf(item), endpoint: textAt(item, "endpoint") },
    });
  }
}

/** Undefined where none is written or it is known only to the server. */
function refOf(item: PipelineNode): string | undefined {
  const ref = valueAt(item, "ref");
  return ref && answerOf(ref).is === "known" ? textAt(item, "ref") : undefined;
}

function expandRoot(
  expansion: Expansion,
  context: Context,
  written: MapNode,
  extended: PipelineNode[],
  depth: number,
): MapNode {
  const own: MapNode = { ...written, entries: written.entries.filter(({ key }) => key.text !== "parameters") };
  const node = { ...own, entries: own.entries.filter(({ key }) => key.text !== "variables") };
  const variables = valueAt(own, "variables");
  const settled = variables && expandVariables(expansion, context, variables);
  const scope: VariableScope = settled?.scope ?? context.variables;
  const expanded = expandNode(expansion, { ...context, variables: scope }, node, expandVariables);
  const entries = expanded.is === "map" ? [...expanded.entries] : [];
  const key = entryOf(own, "variables")?.key;
  if (settled && key) entries.unshift({ key, value: settled.node });
  const root = includeTemplates(expansion, { ...node, entries }, undefined, scope);
  return root.is === "map" ? withExtended(expansion, root, scope, extended, depth) : node;
}

/** What is extended brings stages, jobs and steps; what the pipeline says beside it stays. */
function withExtended(
  expansion: Expansion,
  root: MapNode,
  scope: VariableScope,
  extended: PipelineNode[],
  depth: number,
): MapNode {
  const call = valueAt(root, "extends");
  const name = valueAt(call, "template");
  if (call?.is !== "map" || !name || depth > limits.nesting) return root;
  extended.push(name);
  const called = openCalled(expansion, call, "template");
  if (typeof called === "string") return { ...root, open: called };
  const { context, root: written } = called.withScope(scope);
  if (written.is !== "map") return root;
  const inner = expandRoot(expansion, context, written, extended, depth + 1);
  const entries: MapEntry[] = [...root.entries];
  for (const entry of inner.entries) {
    const before = entryOf(root, entry.key.text);
    if (before && entry.key.text === "variables") tell(expansion, entry.key.at, "'variables' is already defined");
    entries.push(entry);
  }
  return { ...root, entries, ...(inner.open !== undefined && { open: inner.open }) };
}
