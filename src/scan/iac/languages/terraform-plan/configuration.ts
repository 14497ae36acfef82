/**
 * What the plan tells of the configuration: the expressions of resources, and which resources they refer to, through
 * variables, module calls and outputs. The plan does not tell of locals; whoever has the source does.
 */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";

/** Names of modules from the root, without keys. */
export type ModulePath = readonly string[];

export interface Configuration {
  readonly moduleAt: (path: ModulePath) => Node | undefined;
  readonly callOf: (path: ModulePath) => Node | undefined;
  readonly resource: (path: ModulePath, address: string) => Node | undefined;
  /** Resources that an expression (or everything in a tree of them) refers to, as `module.a.aws_kms_key.k`. */
  readonly targets: (path: ModulePath, expressions: Node | undefined) => ReadonlySet<string>;
  readonly calls: () => readonly ModulePath[];
}

/** What the local of a module refers to, in its own words; from the source. */
export type LocalReferences = (path: ModulePath, name: string) => readonly string[];

export function configurationOf(root: Node | undefined, localReferences: LocalReferences): Configuration {
  const modules = new Map<string, Node | undefined>([["", root]]);
  const resources = new Map<string, ReadonlyMap<string, Node>>();
  const callOf = (path: ModulePath): Node | undefined => {
    const name = path.at(-1);
    return name === undefined ? undefined : child(child(moduleAt(path.slice(0, -1)), "module_calls"), name);
  };
  const moduleAt = (path: ModulePath): Node | undefined => {
    const key = path.join(".");
    if (!modules.has(key)) modules.set(key, child(callOf(path), "module"));
    return modules.get(key);
  };
  const resource = (path: ModulePath, address: string): Node | undefined => {
    const key = path.join(".");
    let own = resources.get(key);
    if (!own) {
      own = new Map(
        itemsOf(child(moduleAt(path), "resources")).map((node) => [textOf(child(node, "address")) ?? "", node]),
      );
      resources.set(key, own);
    }
    return own.get(address);
  };
  const calls = (): readonly ModulePath[] => {
    const found: ModulePath[] = [];
    const open: ModulePath[] = [[]];
    for (let path = open.pop(); path; path = open.pop()) {
      const names = child(moduleAt(path), "module_calls");
      for (const name of names?.is === "block" ? names.keys() : []) {
        const inner = [...path, name];
        found.push(inner);
        open.push(inner);
      }
    }
    return found;
  };
  return { moduleAt, callOf, resource, calls, targets: targetsIn({ moduleAt, callOf, localReferences }) };
}

interface Lookup extends Pick<Configuration, "moduleAt" | "callOf"> {
  readonly localReferences: LocalReferences;
}

/** Every reference is followed once; one that leads back to itself leads nowhere. */
function targetsIn({ moduleAt, callOf, localReferences }: Lookup): Configuration["targets"] {
  const known = new Map<string, ReadonlySet<string>>();
  const follow = (path: ModulePath, reference: string): ReadonlySet<string> => {
    const key = `${path.join(".")} ${reference}`;
    const before = known.get(key);
    if (before) return before;
    known.set(key, new Set());
    const found = resolve(path, reference);
    known.set(key, found);
    return found;
  };
  const all = (path: ModulePath, references: readonly string[]): ReadonlySet<string> => {
    const found = new Set<string>();
    for (const reference of references) for (const target of follow(path, reference)) found.add(target);
    return found;
  };
  const resolve = (path: ModulePath, reference: string): ReadonlySet<string> => {
    const [first = "", second, third] = reference.replace(/\[[^\]]*\]/g, "").split(".");
    if (second === undefined || /^(?:each|count|self|path|terraform)$/.test(first)) return new Set();
    if (first === "local") return all(path, localReferences(path, second));
    if (first === "var") {
      const given = child(child(callOf(path), "expressions"), second);
      return all(path.slice(0, -1), referencesIn(given));
    }
    if (first === "module") {
      const inner = [...path, second];
      const output = third === undefined ? undefined : child(child(moduleAt(inner), "outputs"), third);
      return all(inner, referencesIn(child(output, "expression")));
    }
    const own = first === "data" ? `data.${second}.${third}` : `${first}.${second}`;
    return new Set([[...path.map((name) => `module.${name}`), own].join(".")]);
  };
  return (path, expressions) => all(path, referencesIn(expressions));
}

/** The references of all expressions in a tree of them. */
function referencesIn(expressions: Node | undefined): readonly string[] {
  const found = new Set<string>();
  const open = expressions ? [expressions] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.is === "list") open.push(...node.items);
    if (node.is !== "block") continue;
    for (const key of node.keys()) {
      const value = node.get(key)?.value;
      if (key === "references") for (const item of itemsOf(value)) found.add(textOf(item) ?? "");
      else if (key !== "constant_value" && value) open.push(value);
    }
  }
  return [...found];
}
