/** One template as it is deployed: by somebody who is not seen, or by a resource of another template. */
import { child, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { type Declared, declaredIn } from "./declared.ts";
import { localPath, templateProperties } from "./nested-templates.ts";
import { type Entry, entriesOf, resolveWith } from "./resolve.ts";
import { type Journey, plainText, resolve, type Scope, scopeOf, unknown } from "./scope.ts";
import type { Template } from "./template.ts";

export interface Stack {
  readonly template: Template;
  readonly scope: Scope;
  /** Logical ids of the resources that deploy it, each with a dot behind it. */
  readonly prefix: string;
  /** Those resources, the outermost first. */
  readonly calledFrom: readonly Place[];
  readonly resources: () => { readonly entries: ReadonlyMap<string, Entry>; readonly open?: string };
  /** Undefined for what has no plain type, and for what a condition leaves out. */
  readonly declared: (id: string) => Declared | undefined;
  /** The stack that a resource makes, where its template is there. */
  readonly nested: (id: string) => Stack | undefined;
}

/** What all stacks of a unit share. */
export interface Stacks {
  readonly journey: Journey;
  readonly templateAt: (path: string) => { readonly file: TextFile; readonly template: Template } | undefined;
  readonly tell: (at: Place, code: string, message: string, isNotice?: boolean) => void;
  /** Paths of templates that others deploy, and how many stacks that made. */
  readonly reached: Set<string>;
  nested: number;
}

interface Deployed {
  readonly given?: Scope["given"];
  readonly prefix: string;
  readonly calledFrom: readonly Place[];
}

const standing: Deployed = { prefix: "", calledFrom: [] };
/** Templates within templates, and all that are nested in a unit. */
const deepest = 20;
const mostNested = 500;

export function openStack(
  stacks: Stacks,
  template: Template,
  { given, prefix, calledFrom }: Deployed = standing,
): Stack {
  const scope = scopeOf(template, resolveWith, {
    journey: stacks.journey,
    given,
    nested: (id) => stack.nested(id)?.scope,
  });
  const resources = remembered((): ReturnType<Stack["resources"]> => {
    const section = template.section("Resources");
    return section ? entriesOf(section, scope) : { entries: new Map() };
  });
  const stack: Stack = {
    template,
    scope,
    prefix,
    calledFrom,
    resources: () => resources("") ?? { entries: new Map() },
    declared: remembered((id) => {
      const entry = stack.resources().entries.get(id);
      return entry && declaredIn(id, entry, template, stacks.tell);
    }),
    nested: remembered((id) => nestedStack(stacks, stack, id)),
  };
  return stack;
}

/** Computed once for each id; nothing, while it is being computed. */
function remembered<T>(compute: (id: string) => T | undefined): (id: string) => T | undefined {
  const known = new Map<string, T | undefined>();
  return (id) => {
    if (!known.has(id)) {
      known.set(id, undefined);
      known.set(id, compute(id));
    }
    return known.get(id);
  };
}

function nestedStack(stacks: Stacks, parent: Stack, id: string): Stack | undefined {
  const declared = parent.declared(id);
  const property = declared && templateProperties[declared.type];
  if (!declared || property === undefined) return undefined;
  const named = child(child(declared.body, "Properties"), property);
  const calledFrom = [...parent.calledFrom, declared.whole];
  const found = named && templateOf(stacks, named, calledFrom);
  if (!found) return undefined;
  stacks.reached.add(found.file.path);
  stacks.nested += 1;
  return openStack(stacks, found.template, {
    given: givenBy(declared),
    prefix: `${parent.prefix}${id}.`,
    calledFrom,
  });
}

function templateOf(stacks: Stacks, named: Node, calledFrom: readonly Place[]): ReturnType<Stacks["templateAt"]> {
  const text = plainText(named);
  // An application of the public registry is named by a block.
  const notSeen = (what: string): undefined => {
    const message = `${what} is not in the repository; what it makes was not examined.`;
    stacks.tell(named.at, "missing-template", message, true);
  };
  if (text === undefined) return notSeen("The nested template");
  const path = localPath(named.at.file.path, text);
  const found = path === undefined ? undefined : stacks.templateAt(path);
  if (!found) return notSeen(`The nested template ${text}`);
  if (calledFrom.some(({ file }) => file === found.file)) {
    stacks.tell(named.at, "circle", `The nested template ${text} deploys itself; it was not followed any further.`);
    return undefined;
  }
  if (calledFrom.length <= deepest && stacks.nested < mostNested) return found;
  const limit = `there are more than ${deepest} templates within each other, or ${mostNested} in all`;
  stacks.tell(named.at, "too-large", `The nested template ${text} was not followed: ${limit}.`);
  return undefined;
}

/** Values of parameters; of those that nobody can know whether they are given, an unknown one. */
function givenBy({ raw, scope }: Declared): Scope["given"] {
  const parameters = child(child(raw, "Properties"), "Parameters");
  if (!parameters) return undefined;
  const likely = remembered(() => resolve(parameters, scope));
  const certain = remembered(() => resolve(parameters, { ...scope, withoutDefaults: true }));
  return (name, withoutDefaults) => {
    const given = (withoutDefaults ? certain : likely)("");
    const value = child(given, name);
    if (value || !given) return value;
    const open = given.is === "unknown" ? given.reason : given.is === "block" ? given.open : undefined;
    return open === undefined ? undefined : unknown(given.at, open);
  };
}
