/** The resources of a template and of the modules that it calls, as policies see them. */
import { pointedAt } from "../../../formats/azure-template/resource-id.ts";
import { entriesOf, isText, once, scalarOf } from "../../../formats/azure-template/values.ts";
import type { ResourceStatement } from "../../../formats/bicep/syntax.ts";
import type { Block, Member, Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { noConnections, type Resource } from "../../resource.ts";
import { skipsOf } from "../arm/skips.ts";
import { type Found, graphOf } from "./connections.ts";
import { partsOf } from "./declarations.ts";
import { compiledResources, deployedResources } from "./deployed-templates.ts";
import { evaluate } from "./evaluate.ts";
import { insideOf, propertyOf, scopeNode, whyUnseen } from "./instances.ts";
import { objectValue } from "./literals.ts";
import { referencesOf } from "./references.ts";
import { type Identity, type Instance, memo, placeOf, type Template } from "./template.ts";

/** More than any subscription can hold. */
const mostResources = 20_000;

interface Reading {
  readonly found: Found[];
  readonly parts: Resource[];
  /** What compiled templates make. */
  readonly deployed: Resource[];
  /** Calls of modules that are not in the repository, or compiled. */
  readonly closed: Instance[];
  readonly seen: Set<string>;
}

export function resourcesOf(root: Template): readonly Resource[] {
  const reading: Reading = { found: [], parts: [], deployed: [], closed: [], seen: new Set() };
  readTemplate(root, reading);
  return [...connectedResources(reading), ...reading.deployed, ...reading.parts];
}

function readTemplate(template: Template, reading: Reading): void {
  for (const statement of template.source.statements) {
    if (statement.is !== "resource" && statement.is !== "module") continue;
    for (const instance of template.expansionOf(statement).instances) readInstance(instance, reading);
  }
  const { path } = template.source.file;
  if (reading.seen.has(path)) return;
  // What a file declares is told once, however often it is called.
  reading.seen.add(path);
  const own = reading.found.filter(({ instance }) => instance.scope.template === template);
  const bodies = own.map(({ body }) => body);
  reading.parts.push(...partsOf(template, bodies).map((part) => partResource(part, template)));
}

function readInstance(instance: Instance, reading: Reading): void {
  if (instance.off || reading.found.length >= mostResources) return;
  const { statement, scope, object } = instance;
  if (statement.is === "module") {
    const callee = instance.callee();
    if (callee) readTemplate(callee, reading);
    else {
      reading.closed.push(instance);
      reading.deployed.push(...compiledResources(instance));
    }
    return;
  }
  const identity = instance.identity();
  if (identity && !statement.existing) {
    const found = { instance, identity, body: bodyOf(instance, identity, statement) };
    reading.found.push(found);
    reading.deployed.push(...deployedResources(found));
  }
  for (const nested of object?.resources ?? []) {
    for (const child of scope.template.expansionOf(nested, instance).instances) readInstance(child, reading);
  }
}

/** As an ARM template has it: full type and name, and the references that the compiler turns into `dependsOn`. */
function bodyOf(instance: Instance, identity: Identity, statement: ResourceStatement): Block {
  const { scope, object } = instance;
  const inside = insideOf(instance);
  const at = placeOf(object ?? statement.value, scope);
  if (!object) return { is: "block", at, keys: () => [], get: () => undefined, open: "the resource could not be read" };
  const written = objectValue(object, inside, evaluate);
  const type = placeOf(statement.type, scope);
  const made = new Map<string, () => Member>();
  const make = (key: string, place: Place, value: () => Node) => {
    const before = memo(
      (): Member => ({ key: place, whole: place, ...written.get(key), value: value() }),
      () => ({ key: place, whole: place, value: scalarOf(place, null) }),
    );
    made.set(key.toLowerCase(), before);
  };
  make("type", type, () => scalarOf(type, identity.type));
  const { version } = identity;
  if (version !== undefined) make("apiVersion", type, () => scalarOf(type, version));
  make("name", identity.name.at, () => identity.name);
  const property = propertyOf(object, "scope");
  if (property) make("scope", placeOf(property.value, scope), () => scopeNode(property, inside));
  const first = ["name", "type", ...(version === undefined ? [] : ["apiVersion"])];
  const hidden = /^(?:parent|dependsOn)$/i;
  return {
    ...written,
    keys: () => [
      ...first,
      ...written.keys().filter((key) => !hidden.test(key) && !first.some((own) => sameKey(own, key))),
    ],
    get: (key) => (hidden.test(key) ? undefined : (made.get(key.toLowerCase())?.() ?? written.get(key))),
  };
}

function sameKey(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function connectedResources({ found, closed }: Reading): readonly Resource[] {
  const resources = new Map<Found, Resource>();
  const addresses = new Map<string, number>();
  const graph = once(() => graphOf(found));
  const unseen = once(() => closedNames(closed));
  for (const one of found) {
    const { instance, identity, body } = one;
    const { statement, scope, symbol } = instance;
    const { template } = scope;
    resources.set(one, {
      dialect: "arm",
      language: "bicep",
      types: identity.full.types,
      address: uniqueIn(addresses, `${template.prefix}${identity.type}.${symbol}`),
      at: placeOf(statement, scope),
      body,
      calledFrom: template.calledFrom,
      get skips() {
        return skipsOf(body.get("metadata")?.value);
      },
      connected: (types) => {
        const wanted = new Set(types.map((type) => type.toLowerCase()));
        const near = [...(graph().get(one) ?? [])].flatMap((other) => resources.get(other) ?? []);
        const fitting = near.filter((other) => other.types.some((type) => wanted.has(type.toLowerCase())));
        const open = [identity.address, identity.full.name]
          .map((name) => unseen().get(name.toLowerCase()))
          .find(Boolean);
        if (open === undefined) return { resources: fitting };
        return { resources: fitting, open };
      },
    });
  }
  return [...resources.values()];
}

/** What is handed to modules that nobody can see: they may add to it. By address or name, with the reason. */
function closedNames(closed: readonly Instance[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const instance of closed) {
    const reason = whyUnseen(instance);
    for (const other of referencesOf(instance)) {
      const address = other.identity()?.address;
      if (address !== undefined) names.set(address.toLowerCase(), reason);
    }
    const params = propertyOf(instance.object, "params");
    if (params) for (const name of namesIn(evaluate(params.value, instance.scope), 0)) names.set(name, reason);
  }
  return names;
}

function namesIn(node: Node, depth: number): readonly string[] {
  if (depth > 20) return [];
  if (node.is === "list") return node.items.flatMap((item) => namesIn(item, depth + 1));
  if (node.is === "block") return entriesOf(node).flatMap(([, value]) => namesIn(value, depth + 1));
  const text = isText(node) ? node.value : node.is === "unknown" ? node.text : undefined;
  return [...pointedAt(node), ...(text === undefined ? [] : [text])].map((name) => name.toLowerCase());
}

function uniqueIn(addresses: Map<string, number>, address: string): string {
  const before = addresses.get(address) ?? 0;
  addresses.set(address, before + 1);
  return before === 0 ? address : `${address}[${before}]`;
}

function partResource({ is, name, at, body }: ReturnType<typeof partsOf>[number], template: Template): Resource {
  return {
    dialect: "arm",
    language: "bicep",
    types: [is],
    address: is === "template" ? at.file.path : `${template.prefix}${is}.${name}`,
    at,
    body,
    calledFrom: template.calledFrom,
    skips: [],
    connected: () => noConnections,
  };
}
