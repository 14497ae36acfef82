/** Opens a file for reading, as the root or as a module that is called: what its names stand for, computed when asked. */
import type { TemplateScope } from "../../../formats/azure-template/call.ts";
import { isNull, scalarOf, unknownOf, usedAt } from "../../../formats/azure-template/values.ts";
import type { ModuleStatement, ParameterStatement, ResourceStatement } from "../../../formats/bicep/syntax.ts";
import type { Block, Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { isCircular } from "./cycles.ts";
import { isOptional } from "./declared-types.ts";
import { evaluate } from "./evaluate.ts";
import { expand, insideOf, propertyOf } from "./instances.ts";
import { localPath, pathFrom } from "./source.ts";
import {
  type Expansion,
  type Instance,
  memo,
  type Named,
  placeOf,
  type Scope,
  type Source,
  type Template,
} from "./template.ts";

/** What all templates of a unit share. */
export interface Library {
  readonly budget: TemplateScope["budget"];
  readonly source: (path: string) => Source | undefined;
  readonly text: (path: string) => TextFile | undefined;
  /** A file for its functions, variables and types; each is opened once. */
  readonly imported: Map<string, Template>;
  /** Module calls that may still be followed. */
  calls: number;
  /** Told where a module is called that is not there. */
  readonly missing: (at: Place) => void;
}

/** What a file is given: values of parameters by name. Undefined leaves the default. */
export interface Given {
  readonly value: (parameter: string) => Node | undefined;
  readonly caller?: Instance | undefined;
  /** What `base` stands for in a parameter file: the values of the one that it extends. */
  readonly base?: Block | undefined;
}

const deepestCall = 16;

export function openTemplate(source: Source, given: Given, library: Library): Template {
  const { caller } = given;
  const above = caller?.scope.template;
  const imports = importsOf(source, library);
  const known = new Map<string, () => Node>();
  const template: Template = {
    source,
    scope: { budget: library.budget, target: targetOf(source) },
    prefix: above && caller ? `${above.prefix}${caller.symbol}.` : "",
    depth: above ? above.depth + 1 : 0,
    calledFrom: above && caller ? [...above.calledFrom, placeOf(caller.statement, caller.scope)] : [],
    caller,
    lookup: (name, at) => {
      const value =
        known.get(name) ??
        memo(
          () => namedValue(name, at, { template, given, imports }),
          () => unknownOf(at, `${name} depends on itself`),
        );
      known.set(name, value);
      return value();
    },
    output: (name, at) => {
      const statement = source.outputs.get(name);
      return statement && usedAt(evaluate(statement.value, { template }), at);
    },
    ...declaredIn(source, imports, () => template),
    expansionOf: expansionsOf(() => template, library),
    loadedText: (path) => {
      const resolved = pathFrom(source.file.path, path);
      return resolved === undefined ? undefined : library.text(resolved);
    },
  };
  return template;
}

function declaredIn(
  source: Source,
  imports: Imports,
  template: () => Template,
): Pick<Template, "functionNamed" | "typeNamed" | "namespace"> {
  return {
    functionNamed: (name) => {
      const named = source.names.get(name);
      if (named?.is === "func")
        return isCircular(named, source) ? undefined : { statement: named, template: template() };
      return named?.is === "imported" ? imports(named)?.functionNamed(named.name) : undefined;
    },
    typeNamed: (name) => {
      const named = source.names.get(name);
      if (named?.is === "type") return { statement: named, template: template() };
      return named?.is === "imported" ? imports(named)?.typeNamed(named.name) : undefined;
    },
    namespace: (name) => {
      const named = source.names.get(name);
      return named?.is === "namespace" ? imports(named) : undefined;
    },
  };
}

function expansionsOf(template: () => Template, library: Library): Template["expansionOf"] {
  const expansions = new Map<unknown, Expansion>();
  return (statement, parent) => {
    const own = parent ? childExpansions(parent) : expansions;
    const before = own.get(statement);
    if (before) return before;
    const scope = parent ? insideOf(parent) : { template: template() };
    // While it is being expanded it is there without a body: a loop over itself ends.
    const bare = { ...statement, value: emptyBody(statement) };
    own.set(
      statement,
      expand(bare, scope, parent, () => undefined),
    );
    const made = expand(statement, scope, parent, (instance) => calleeOf(instance, library));
    own.set(statement, made);
    return made;
  };
}

type Imports = (named: Named | undefined) => Template | undefined;

/** The file that a name is imported from, or that stands for the name as a whole. */
function importsOf(source: Source, library: Library): Imports {
  return (named) => {
    if (named?.is !== "imported" && named?.is !== "namespace") return undefined;
    const path = localPath(source.file.path, named.statement.path);
    if (path === undefined || leadsTo(path, source.file.path, library)) return undefined;
    return importedTemplate(path, library);
  };
}

/** True if the file imports the other one, directly or by way of more: such a circle gives no values. */
function leadsTo(path: string, other: string, library: Library): boolean {
  const reached = new Set([path]);
  for (const from of reached) {
    for (const statement of library.source(from)?.statements ?? []) {
      const next = statement.is === "import" ? localPath(from, statement.path) : undefined;
      if (next !== undefined) reached.add(next);
    }
  }
  return reached.has(other);
}

interface Opening {
  readonly template: Template;
  readonly given: Given;
  readonly imports: Imports;
}

function namedValue(name: string, at: Place, { template, given, imports }: Opening): Node {
  const named = template.source.names.get(name);
  const scope: Scope = { template };
  if (!named && name === "base" && given.base) return given.base;
  if (!named) return unknownOf(at, `${name} is not declared`, { text: `\${${template.prefix}${name}}` });
  if ((named.is === "var" || named.is === "param") && isCircular(named, template.source)) {
    return unknownOf(at, `${name} depends on itself`);
  }
  if (named.is === "param") return parameterValue(named, given, scope);
  if (named.is === "var") return evaluate(named.value, scope);
  if (named.is === "resource" || named.is === "module") {
    return expansionValue(template.expansionOf(named), placeOf(named, scope));
  }
  if (named.is !== "imported") return unknownOf(at, `${name} is no value`);
  return imports(named)?.lookup(named.name, at) ?? unknownOf(at, `${name} is imported from a file that is not there`);
}

function emptyBody({ start, end }: ResourceStatement | ModuleStatement) {
  return { is: "object", members: [], resources: [], broken: true, start, end } as const;
}

const children = new WeakMap<Instance, Map<unknown, Expansion>>();

function childExpansions(parent: Instance): Map<unknown, Expansion> {
  const known = children.get(parent) ?? new Map<unknown, Expansion>();
  children.set(parent, known);
  return known;
}

function targetOf({ statements }: Source): TemplateScope["target"] {
  const statement = statements.find(({ is }) => is === "targetScope");
  const value = statement?.is === "targetScope" && statement.value.is === "literal" ? statement.value.value : "";
  return value === "subscription" || value === "managementGroup" || value === "tenant" ? value : "resourceGroup";
}

/** What it is given, its default, null if it may be missing, else unknown. */
function parameterValue(parameter: ParameterStatement, given: Given, scope: Scope): Node {
  const value = given.value(parameter.name.name);
  const preset = parameter.value && evaluate(parameter.value, scope);
  // A null leaves the default, as in deployments.
  if (value && !(isNull(value) && preset)) return value;
  if (preset) return preset;
  const at = placeOf(parameter.name, scope);
  if (isOptional(parameter.type, scope)) return scalarOf(at, null);
  const { name } = parameter.name;
  const words = `\${${scope.template.prefix}${name}}`;
  return unknownOf(at, `parameter ${name} has no default`, { text: words });
}

/** The value of a resource's name; of a loop, the list of what it makes. */
function expansionValue(expansion: Expansion, at: Place): Node {
  if (!expansion.loop) return expansion.any().value();
  return {
    is: "list",
    at,
    get items() {
      return expansion.instances.map((instance) => instance.value());
    },
    open: expansion.open,
  };
}

function importedTemplate(path: string, library: Library): Template | undefined {
  const known = library.imported.get(path);
  const source = library.source(path);
  if (known || !source) return known;
  const template = openTemplate(source, { value: () => undefined }, library);
  library.imported.set(path, template);
  return template;
}

/** The file of a module call, opened with what it is given there. */
function calleeOf(instance: Instance, library: Library): Template | undefined {
  const { statement, scope, object } = instance;
  if (statement.is !== "module" || scope.template.depth >= deepestCall || library.calls-- <= 0) return undefined;
  const path = localPath(scope.template.source.file.path, statement.path);
  const source = path === undefined ? undefined : library.source(path);
  if (!source && !(path && library.text(path))) library.missing(placeOf(statement.path, scope));
  if (!source || isCalling(scope.template, source)) return undefined;
  const property = propertyOf(object, "params");
  const params = memo<Node | undefined>(
    () => property && evaluate(property.value, scope),
    () => undefined,
  );
  return openTemplate(source, { value: (name) => argumentNamed(name, params(), instance), caller: instance }, library);
}

/** True if the file is among those that led here: modules that call each other in a circle are not followed. */
function isCalling(template: Template, source: Source): boolean {
  for (let on: Template | undefined = template; on; on = on.caller?.scope.template)
    if (on.source === source) return true;
  return false;
}

export function argumentNamed(
  name: string,
  params: Node | undefined,
  { object, scope, statement }: Instance,
): Node | undefined {
  const at = placeOf(statement.name, scope);
  if (params === undefined) return object && !object.broken ? undefined : unknownOf(at, "the call could not be read");
  if (params.is === "unknown") return params;
  if (params.is !== "block") return undefined;
  return params.get(name)?.value ?? (params.open === undefined ? undefined : unknownOf(at, params.open));
}
