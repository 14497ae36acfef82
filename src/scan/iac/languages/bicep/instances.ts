/** The resources and module calls that statements make: their loops and conditions, names, ids and values. */
import { concatenated } from "../../../formats/azure-template/concatenated.ts";
import { addressOf, resourceIdOf, scopeIds } from "../../../formats/azure-template/resource-id.ts";
import {
  isNamed,
  isText,
  scalarOf,
  truthOf,
  unknownOf,
  usedAt,
  writtenOut,
} from "../../../formats/azure-template/values.ts";
import type {
  Expression,
  ModuleStatement,
  ObjectLiteral,
  Property,
  ResourceStatement,
} from "../../../formats/bicep/syntax.ts";
import type { Block, Member, Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { fullNameOf } from "../arm/resource-name.ts";
import { isCircular } from "./cycles.ts";
import { evaluate } from "./evaluate.ts";
import { anyTurn, objectValue, turnsOf } from "./literals.ts";
import { instanceAt } from "./symbols.ts";
import { type Expansion, type Identity, type Instance, memo, placeOf, type Scope, type Template } from "./template.ts";

type Declared = ResourceStatement | ModuleStatement;
/** Opens the file of a module call. */
type Callee = (instance: Instance) => Template | undefined;

export function expand(statement: Declared, scope: Scope, parent: Instance | undefined, callee: Callee): Expansion {
  const symbol = parent ? `${parent.symbol}::${statement.name.name}` : statement.name.name;
  const make = (inner: Scope, body: Expression, index: string, off: boolean) =>
    instanceOf(
      { statement, scope: inner, parent, symbol: symbol + index, off: off || parent?.off === true },
      body,
      callee,
    );
  const { value } = statement;
  if (value.is !== "loop") {
    const off = value.is === "if" && truthOf(evaluate(value.condition, scope)) === false;
    const only = make(scope, value.is === "if" ? value.body : value, "", off);
    return { loop: false, instances: [only], any: () => only };
  }
  const { turns, open } = turnsOf(value, scope, evaluate);
  const instances = turns.map((turn) =>
    make(turn.scope, turn.body, `[${turn.position ?? "?"}]`, turn.condition === false),
  );
  const any = memo(
    () => {
      const turn = anyTurn(value, scope, evaluate);
      return make(turn.scope, turn.body, "[?]", false);
    },
    () => make(scope, value.body, "[?]", false),
  );
  return { loop: true, instances, any, open };
}

type Beginning = Pick<Instance, "statement" | "scope" | "parent" | "symbol" | "off">;

function instanceOf(beginning: Beginning, body: Expression, callee: Callee): Instance {
  const object = body.is === "object" ? body : undefined;
  const instance: Instance = {
    ...beginning,
    object,
    identity: memo(
      () => identityOf(instance),
      () => undefined,
    ),
    callee: memo(
      () => callee(instance),
      () => undefined,
    ),
    value: memo(
      () => (beginning.statement.is === "module" ? moduleValue(instance) : resourceValue(instance)),
      () => emptyBlock(placeOf(beginning.statement, beginning.scope), "the resource depends on itself"),
    ),
  };
  return instance;
}

function emptyBlock(at: Place, open: string): Block {
  return { is: "block", at, keys: () => [], get: () => undefined, open };
}

/** In the body of a resource, also those declared there are known. */
export function insideOf(instance: Instance): Scope {
  return { ...instance.scope, around: instance };
}

export function propertyOf(object: ObjectLiteral | undefined, name: string): Property | undefined {
  return object?.members.find(
    (member): member is Property =>
      member.is === "property" && member.key.is === "literal" && member.key.value === name,
  );
}

/** The resource that it is declared in, or names as its parent. */
export function parentOf(instance: Instance): Instance | undefined {
  if (instance.parent) return instance.parent;
  const written = propertyOf(instance.object, "parent");
  return written && instanceAt(written.value, insideOf(instance), evaluate);
}

/** Resources may name others as their parents and scopes without end; so deep, those above are not asked any more. */
const deepestLine = 100;

function identityOf(instance: Instance): Identity | undefined {
  const { statement, scope } = instance;
  if (statement.is !== "resource") return undefined;
  const { budget, target } = scope.template.scope;
  const at = placeOf(statement.name, scope);
  if (budget.line >= deepestLine) return identityBelow(undefined, scalarOf(at, scopeIds[target]), statement, instance);
  budget.line++;
  try {
    return identityBelow(parentOf(instance)?.identity(), scopeId(instance), statement, instance);
  } finally {
    budget.line--;
  }
}

function identityBelow(
  parent: Identity | undefined,
  scopeStart: Node,
  statement: ResourceStatement,
  instance: Instance,
): Identity {
  const { scope, object } = instance;
  // `az:` names the extension that all others are beside.
  const written = statement.type.is === "literal" ? String(statement.type.value).replace(/^az:/, "") : "";
  const [kind = "", ownVersion] = written.split("@", 2);
  // Those declared inside another take its version over.
  const version = ownVersion ?? (instance.parent && parent?.version);
  const at = placeOf(statement.name, scope);
  const property = propertyOf(object, "name");
  const given = property ? evaluate(property.value, insideOf(instance)) : unknownOf(at, "its name is not written");
  const own = wordedName(given, instance);
  const name = parent ? concatenated([parent.name, scalarOf(at, "/"), own], own.at) : own;
  const type = parent && instance.parent && !kind.split("/")[0]?.includes(".") ? `${parent.type}/${kind}` : kind;
  const full = fullNameOf(type, textOfName(name), undefined);
  const id = resourceIdOf(scopeStart, type, nameParts(name), at);
  return { type, version, name: { ...name, at: given.at }, full, id, address: addressOf(type, full.name) };
}

/** A name of which nothing can be said is called by its symbol, so that what refers to it can still be told. */
function wordedName(name: Node, { symbol, scope }: Instance): Node {
  if (name.is === "scalar") return name;
  const text = name.is === "unknown" && name.text !== undefined && isNamed(name.text) ? name.text : undefined;
  const reason = name.is === "unknown" ? name.reason : "a name is a text";
  const refs = name.is === "unknown" ? name.refs : [];
  return unknownOf(name.at, reason, { refs, text: text ?? `\${${scope.template.prefix}${symbol}.name}` });
}

function textOfName(name: Node): string {
  return writtenOut(name) ?? "";
}

/** One for each segment of the type. */
function nameParts(name: Node): readonly Node[] {
  const parts = textOfName(name).match(/(?:\$\{[^{}]*\}|[^/])+/g) ?? [];
  return parts.map((part) => {
    if (!part.includes("${")) return scalarOf(name.at, part);
    return unknownOf(name.at, name.is === "unknown" ? name.reason : "a name is unknown", { text: part });
  });
}

/** What the id begins with: the resource that it extends, another group, or where the template is deployed. */
function scopeId(instance: Instance): Node {
  const at = placeOf(instance.statement.name, instance.scope);
  const parent = parentOf(instance);
  const holder = parent ? undefined : scopeHolder(instance);
  if (holder) return holder;
  // The id of a child begins as that of its parent.
  const above = parent && scopeHolder(parent);
  return above ?? scalarOf(at, scopeIds[instance.scope.template.scope.target]);
}

function scopeHolder(instance: Instance): Node | undefined {
  const written = propertyOf(instance.object, "scope");
  return written && scopeNode(written, insideOf(instance));
}

/** The id of what a `scope` names. */
export function scopeNode(property: Property, scope: Scope): Node {
  const at = placeOf(property.value, scope);
  const extended = instanceAt(property.value, scope, evaluate)?.identity();
  if (extended) return usedAt(extended.id, at);
  if (property.value.is === "call" && property.value.name === "tenant") return scalarOf(at, scopeIds.tenant);
  const value = evaluate(property.value, scope);
  const id = value.is === "block" ? value.get("id")?.value : undefined;
  if (id) return usedAt(id, at);
  return value.is === "unknown" ? value : unknownOf(at, "where it is deployed is not known");
}

/** What other expressions see of a resource: what is written, and for the rest that it is known only when deployed. */
function resourceValue(instance: Instance): Block {
  const identity = instance.identity();
  const at = placeOf(instance.statement, instance.scope);
  const object = instance.object ?? {
    is: "object",
    members: [],
    resources: [],
    broken: true,
    start: at.start,
    end: at.end,
  };
  const circular = isCircular(instance.statement, instance.scope.template.source);
  const written = circular
    ? emptyBlock(at, "the resource depends on itself")
    : objectValue(object, insideOf(instance), evaluate);
  const made = identity
    ? new Map<string, Node>([
        ["id", usedAt(identity.id, at)],
        ["type", scalarOf(at, identity.type)],
        ["apiversion", scalarOf(at, identity.version ?? "")],
      ])
    : new Map<string, Node>();
  const own = circular || !propertyOf(instance.object, "name") ? identity?.name : undefined;
  if (own) made.set("name", own);
  return deployed(
    written,
    identity?.address ?? instance.symbol,
    `${instance.scope.template.prefix}${instance.symbol}`,
    made,
  );
}

function deployed(block: Block, address: string, words: string, made: ReadonlyMap<string, Node>): Block {
  const reason = `known only when it is deployed: ${words}`;
  const get = (key: string): Member | undefined => {
    const known = made.get(key.toLowerCase());
    if (known) return { key: known.at, whole: known.at, value: known };
    const member = block.get(key);
    if (!member) {
      const value = unknownOf(block.at, reason, { refs: [address], text: `\${${words}.${key}}` });
      return { key: block.at, whole: block.at, value };
    }
    const inner =
      member.value.is === "block" ? deployed(member.value, address, `${words}.${key}`, new Map()) : undefined;
    return inner ? { ...member, value: inner } : member;
  };
  return { is: "block", at: block.at, keys: () => [...made.keys(), ...block.keys()], get, open: reason };
}

/** `name` and `outputs` of a module call. */
function moduleValue(instance: Instance): Block {
  const { statement, scope, symbol } = instance;
  const at = placeOf(statement, scope);
  const words = `${scope.template.prefix}${symbol}`;
  const outputs: Block = {
    is: "block",
    at,
    keys: () => [...(instance.callee()?.source.outputs.keys() ?? [])],
    get: (key) => {
      const circular = isCircular(statement, scope.template.source);
      const known = circular ? undefined : instance.callee()?.output(key, at);
      const value = known ?? unknownOutput(instance, at, `\${${words}.outputs.${key}}`);
      return { key: value.at, whole: value.at, value };
    },
    open: `the outputs of module ${symbol} are not known`,
  };
  return {
    is: "block",
    at,
    keys: () => ["name", "outputs"],
    get: (key) => {
      if (key === "outputs") return { key: at, whole: at, value: outputs };
      const property = key === "name" ? propertyOf(instance.object, "name") : undefined;
      const value = property ? evaluate(property.value, scope) : unknownOf(at, `the ${key} of a module is not known`);
      return { key: value.at, whole: value.at, value: isText(value) ? value : { ...value, at } };
    },
  };
}

function unknownOutput(instance: Instance, at: Place, text: string): Node {
  const why = instance.callee() ? `module ${instance.symbol} has no such output` : whyUnseen(instance);
  return unknownOf(at, why, { text });
}

/** Why nothing is known of what a module makes. */
export function whyUnseen({ statement, symbol }: Instance): string {
  const path = statement.is === "module" && statement.path.is === "literal" ? String(statement.path.value) : "";
  if (/\.jsonc?$/i.test(path)) return `module ${symbol} is a compiled template, which is read on its own`;
  return `module ${symbol} is not in the repository`;
}
