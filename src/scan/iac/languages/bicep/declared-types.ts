/** The types of parameters and outputs as the compiler would write them: `string`, `securestring`, `object`... */
import type { Decorator, Element, Expression, Modified } from "../../../formats/bicep/syntax.ts";
import type { Scope, Template } from "./template.ts";

/** What a type is made of once its names are followed, in the file that its parts are named in. */
interface Resolved {
  readonly type: Expression;
  readonly template: Template;
  /** One of the declarations on the way says `@secure()`. */
  readonly hidden: boolean;
  /** `type?` */
  readonly optional?: boolean;
}

/** Types that name each other in a circle end here. */
const mostSteps = 20;

export function typeNamed(type: Expression | undefined, secure: boolean, { template }: Scope): string {
  if (!type) return "object";
  const found = resolved({ type, template, hidden: secure }, mostSteps);
  const name = found ? plainName(found, mostSteps) : "object";
  return found?.hidden && (name === "string" || name === "object") ? `secure${name}` : name;
}

/** True if a parameter of the type may be left out: it is null then. */
export function isOptional(type: Expression | undefined, { template }: Scope): boolean {
  const found = type && resolved({ type, template, hidden: false }, mostSteps);
  if (!found) return false;
  const isNull = (option: Expression) => option.is === "literal" && option.value === null;
  return (
    found.optional === true || isNull(found.type) || (found.type.is === "union" && found.type.options.some(isNull))
  );
}

/** Undefined where a step leads nowhere, or to what only Azure knows. */
function resolved(from: Resolved, steps: number): Resolved | undefined {
  const { type, template, hidden } = from;
  if (steps <= 0) return undefined;
  if (type.is === "modified" && type.by !== "[]") {
    const found = resolved({ ...from, type: type.of }, steps - 1);
    return { ...(found ?? from), optional: type.by === "?" };
  }
  if (type.is === "name") return declared(type.name, template, hidden, steps) ?? from;
  if (type.is === "access") return memberOf(from, type.of, type.name, steps);
  return type.is === "element" ? itemOf(from, type, steps) : from;
}

/** Undefined for the types of the language. */
function declared(name: string, template: Template, hidden: boolean, steps: number): Resolved | undefined {
  const found = template.typeNamed(name);
  if (!found) return undefined;
  const { statement } = found;
  const next = { type: statement.value, template: found.template, hidden: hidden || isSecure(statement.decorators) };
  return resolved(next, steps - 1);
}

/** `sys.string`, `library.type`, `object.member` */
function memberOf({ template, hidden }: Resolved, of: Expression, name: string, steps: number): Resolved | undefined {
  const here = { is: "name", name, start: of.start, end: of.end } as const;
  if (of.is === "name" && of.name === "sys") return { type: here, template, hidden };
  const library = of.is === "name" ? template.namespace(of.name) : undefined;
  if (library) return declared(name, library, hidden, steps);
  if (isOfResource(of))
    return textMembers.has(name) ? { type: { ...here, name: "string" }, template, hidden } : undefined;
  const object = resolved({ type: of, template, hidden: false }, steps - 1);
  return object && property(object, name, hidden, steps);
}

/** Of all resources, whatever their type; what else they have, only Azure knows. */
const textMembers: ReadonlySet<string> = new Set(["name", "id", "type", "apiVersion", "location", "kind"]);

function isOfResource(of: Expression): boolean {
  return of.is === "call" && (of.name === "resourceInput" || of.name === "resourceOutput");
}

function property({ type, template }: Resolved, name: string, hidden: boolean, steps: number): Resolved | undefined {
  if (type.is !== "object") return undefined;
  for (const member of type.members) {
    if (member.is !== "property") continue;
    const key = member.key.is === "literal" ? member.key.value : member.key.is === "name" ? member.key.name : undefined;
    if (key !== name) continue;
    return resolved({ type: member.value, template, hidden: hidden || isSecure(member.decorators) }, steps - 1);
  }
  return undefined;
}

/** `list[*]`, `dictionary.*`, `tuple[1]` */
function itemOf({ template, hidden }: Resolved, { of, key }: Element, steps: number): Resolved | undefined {
  const whole = resolved({ type: of, template, hidden: false }, steps - 1);
  if (!whole) return undefined;
  if (!key && whole.type.is === "object") return property(whole, "*", hidden, steps);
  if (!key) return isListType(whole.type) ? resolved({ ...whole, type: whole.type.of, hidden }, steps - 1) : undefined;
  const item = whole.type.is === "array" && key.is === "literal" ? whole.type.items[Number(key.value)] : undefined;
  return item && item.is !== "spread" ? resolved({ ...whole, type: item, hidden }, steps - 1) : undefined;
}

function isListType(type: Expression): type is Modified {
  return type.is === "modified" && type.by === "[]";
}

function isSecure(decorators: readonly Decorator[]): boolean {
  return decorators.some(({ name }) => name === "secure");
}

function plainName({ type, template }: Resolved, steps: number): string {
  if (type.is === "literal")
    return typeof type.value === "number" ? "int" : typeof type.value === "boolean" ? "bool" : "string";
  if (type.is === "interpolation") return "string";
  if (type.is === "array" || isListType(type)) return "array";
  if (type.is === "unary") return type.operator === "!" ? "bool" : "int";
  if (type.is === "name") return template.source.names.has(type.name) ? "object" : type.name;
  const first = type.is === "union" ? type.options[0] : undefined;
  const option = first && resolved({ type: first, template, hidden: false }, steps - 1);
  return option && steps > 0 ? plainName(option, steps - 1) : "object";
}
