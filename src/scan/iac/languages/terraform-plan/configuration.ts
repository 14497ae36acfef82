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

/** A reference in the words of a module. */
interface Step {
  readonly path: ModulePath;
  readonly reference: string;
}

/** Either it is a resource, or it leads on. */
interface Led {
  readonly target?: string;
  readonly next: readonly Step[];
}

const nowhere: Led = { next: [] };

/**
 * Every reference is followed once; one that leads back to itself leads nowhere. Without recursion, as locals may refer to
 * each other in a chain of any length.
 */
function targetsIn(lookup: Lookup): Configuration["targets"] {
  const known = new Map<string, ReadonlySet<string>>();
  const follow = (first: Step): void => {
    const met = new Map<string, Led>();
    const open = [first];
    for (let step = open.at(-1); step; step = open.at(-1)) {
      const key = keyOf(step);
      const before = met.get(key);
      const led = before ?? leadsTo(step, lookup);
      met.set(key, led);
      // The step is met again when what it leads to is known.
      const waiting = before ? [] : led.next.filter((one) => !known.has(keyOf(one)) && !met.has(keyOf(one)));
      open.push(...waiting);
      if (waiting.length > 0) continue;
      open.pop();
      if (!known.has(key)) known.set(key, joined(led));
    }
  };
  const joined = ({ target, next }: Led): ReadonlySet<string> => {
    const found = new Set(target === undefined ? [] : [target]);
    for (const step of next) for (const one of known.get(keyOf(step)) ?? []) found.add(one);
    return found;
  };
  return (path, expressions) => {
    const steps = referencesIn(expressions).map((reference) => ({ path, reference }));
    for (const step of steps) if (!known.has(keyOf(step))) follow(step);
    return joined({ next: steps });
  };
}

function keyOf({ path, reference }: Step): string {
  return `${path.join(".")} ${reference}`;
}

function leadsTo({ path, reference }: Step, { moduleAt, callOf, localReferences }: Lookup): Led {
  const [first = "", second, third] = reference.replace(/\[[^\]]*\]/g, "").split(".");
  if (second === undefined || /^(?:each|count|self|path|terraform)$/.test(first)) return nowhere;
  const within = (inside: ModulePath, references: readonly string[]): Led => ({
    next: references.map((one) => ({ path: inside, reference: one })),
  });
  if (first === "local") return within(path, localReferences(path, second));
  if (first === "var") {
    return within(path.slice(0, -1), referencesIn(child(child(callOf(path), "expressions"), second)));
  }
  if (first === "module") {
    const inner = [...path, second];
    const output = third === undefined ? undefined : child(child(moduleAt(inner), "outputs"), third);
    return within(inner, referencesIn(child(output, "expression")));
  }
  const own = first === "data" ? `data.${second}.${third}` : `${first}.${second}`;
  return { target: [...path.map((name) => `module.${name}`), own].join("."), next: [] };
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
