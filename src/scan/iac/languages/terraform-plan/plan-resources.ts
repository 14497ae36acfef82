/** Makes resources of a plan: what will be, data that was read, and the providers and module calls of its configuration. */
import type { BlockSyntax } from "../../../formats/hcl/syntax.ts";
import { type Block, child, type Node, textOf } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { noConnections, type Resource } from "../../resource.ts";
import { folderOf, resolvePath } from "../folder-path.ts";
import { isLocalSource } from "../terraform/module-path.ts";
import { type Configuration, configurationOf, type ModulePath } from "./configuration.ts";
import { expressionBody } from "./expression-body.ts";
import { planBody, type RefsOf } from "./plan-body.ts";
import { type Connectable, planConnections } from "./plan-connections.ts";
import { moduleSteps, type PlannedResource, readPlan } from "./read-plan.ts";
import { type SourceBlocks, sourceBlocksOf } from "./source-blocks.ts";
import { sourceFolder } from "./source-folder.ts";
import { blockSource } from "./source-place.ts";

interface Context {
  readonly configuration: Configuration;
  readonly sources: SourceBlocks;
  /** Where the source of a module is, if the repository holds it. */
  readonly folder: (path: ModulePath) => string | undefined;
}

export function planResources(root: Node, plan: TextFile, files: readonly TextFile[]): readonly Resource[] {
  const { resources, configuration: written } = readPlan(root);
  const context = contextOf(written, plan, files);
  const connectable: Connectable[] = [];
  const neighbours = planConnections(
    () => connectable,
    ({ planned }) => {
      const path = pathOf(planned);
      return context.configuration.targets(path, context.configuration.resource(path, localAddress(planned)));
    },
  );
  for (const planned of resources) {
    const one: Connectable = {
      planned,
      home: homeOf(pathOf(planned), localAddress(planned)),
      resource: { ...resourceOf(planned, context), connected: (types) => neighbours(one, types) },
    };
    connectable.push(one);
  }
  return [...connectable.map(({ resource }) => resource), ...moduleCalls(context), ...providers(root, context)];
}

function contextOf(written: Node | undefined, plan: TextFile, files: readonly TextFile[]): Context {
  const sources = sourceBlocksOf(files);
  const holding = new Set(files.map(({ path }) => folderOf(path)));
  const folders = new Map<string, string | undefined>([["", sourceFolder(plan.path, (folder) => holding.has(folder))]]);
  const folder = (path: ModulePath): string | undefined => {
    const key = path.join(".");
    if (!folders.has(key)) {
      const outside = folder(path.slice(0, -1));
      const source = textOf(child(configuration.callOf(path), "source"));
      const isLocal = outside !== undefined && source !== undefined && isLocalSource(source);
      folders.set(key, isLocal ? resolvePath(outside, source.replaceAll("\\", "/")) : undefined);
    }
    return folders.get(key);
  };
  const configuration = configurationOf(written, (path, name) => {
    const own = folder(path);
    return own === undefined ? [] : sources.localReferences(own, name);
  });
  return { configuration, sources, folder };
}

function pathOf({ module }: PlannedResource): ModulePath {
  return moduleSteps(module).map(({ name }) => name);
}

function localAddress({ isData, type, name }: PlannedResource): string {
  return `${isData ? "data." : ""}${type}.${name}`;
}

/** An address without keys. */
function homeOf(path: ModulePath, local: string): string {
  return [...path.map((name) => `module.${name}`), local].join(".");
}

function resourceOf(planned: PlannedResource, context: Context): Omit<Resource, "connected"> {
  const path = pathOf(planned);
  const block = sourceBlock(context, path, `${planned.isData ? "data" : "resource"} ${planned.type} ${planned.name}`);
  const written = context.configuration.resource(path, localAddress(planned));
  const part = {
    value: planned.values,
    unknown: planned.unknown,
    expression: child(written, "expressions"),
    source: block && blockSource(block),
    at: planned.written.at,
  };
  return {
    dialect: "tf",
    language: "terraform-plan",
    types: [planned.isData ? `data.${planned.type}` : planned.type],
    address: planned.address,
    at: block ?? planned.written.at,
    body: planBody(part, refsFor(context, path)),
    calledFrom: callsOf(path, context),
    skips: [],
  };
}

function sourceBlock({ folder, sources }: Context, path: ModulePath, header: string): BlockSyntax | undefined {
  const own = folder(path);
  return own === undefined ? undefined : sources.block(own, header);
}

function refsFor({ configuration }: Context, path: ModulePath): RefsOf {
  return (expression) => [...configuration.targets(path, expression)];
}

/** The module calls on the way, the outermost first. */
function callsOf(path: ModulePath, context: Context): readonly Place[] {
  return path.flatMap((name, position) => {
    const outside = path.slice(0, position);
    return (
      sourceBlock(context, outside, `module ${name}`) ?? context.configuration.callOf([...outside, name])?.at ?? []
    );
  });
}

function moduleCalls(context: Context): readonly Resource[] {
  return context.configuration.calls().flatMap((path) => {
    const call = context.configuration.callOf(path);
    const outside = path.slice(0, -1);
    const block = sourceBlock(context, outside, `module ${path.at(-1)}`);
    if (call?.is !== "block") return [];
    return declared(context, {
      types: ["module"],
      address: path.map((name) => `module.${name}`).join("."),
      written: call,
      path: outside,
      block,
      plain: { source: child(call, "source"), version: child(call, "version_constraint") },
    });
  });
}

function providers(root: Node, context: Context): readonly Resource[] {
  const all = child(child(root, "configuration"), "provider_config");
  if (all?.is !== "block") return [];
  return all.keys().flatMap((key) => {
    const written = all.get(key)?.value;
    const name = textOf(child(written, "name"));
    if (written?.is !== "block" || name === undefined) return [];
    const alias = textOf(child(written, "alias"));
    const path = moduleSteps(textOf(child(written, "module_address")) ?? "").map((step) => step.name);
    const block = sourceBlock(context, path, ["provider", name, ...(alias === undefined ? [] : [alias])].join(" "));
    return declared(context, {
      types: [`provider.${name}`],
      address: homeOf(path, `provider.${name}${alias === undefined ? "" : `.${alias}`}`),
      written,
      path,
      block,
      plain: { alias: child(written, "alias"), version: child(written, "version_constraint") },
    });
  });
}

interface Declared {
  readonly types: readonly string[];
  readonly address: string;
  readonly written: Block;
  readonly path: ModulePath;
  readonly block: BlockSyntax | undefined;
  /** What the plan tells as plain values, beside the expressions. */
  readonly plain: Readonly<Record<string, Node | undefined>>;
}

/** What has expressions but no planned values. */
function declared(context: Context, { types, address, written, path, block, plain }: Declared): Resource {
  const source = block && blockSource(block);
  return {
    dialect: "tf",
    language: "terraform-plan",
    types,
    address,
    at: block ?? written.at,
    body: expressionBody({ written, plain, source }, refsFor(context, path)),
    calledFrom: callsOf(path, context),
    skips: [],
    connected: () => noConnections,
  };
}
