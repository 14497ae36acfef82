/** Which resources an expression names, through variables, parameters of modules and outputs. */
import { innerExpressions } from "../../../formats/bicep/inner-expressions.ts";
import type { Expression, Property, Spread } from "../../../formats/bicep/syntax.ts";
import { evaluate } from "./evaluate.ts";
import { insideOf, propertyOf } from "./instances.ts";
import { expansionAt, instanceAt } from "./symbols.ts";
import { type Instance, localNamed, type Scope } from "./template.ts";

/** Expressions looked at for one resource; what is larger is data. */
const mostExpressions = 20_000;

interface Walk {
  readonly found: Set<Instance>;
  readonly seen: Set<string>;
  left: number;
}

/** Resources that the body of this one names. */
export function referencesOf(instance: Instance): readonly Instance[] {
  const walk: Walk = { found: new Set(), seen: new Set(), left: mostExpressions };
  const scope = insideOf(instance);
  for (const member of instance.object?.members ?? []) visitMember(member, scope, walk);
  walk.found.delete(instance);
  return [...walk.found];
}

function visitMember(member: Property | Spread, scope: Scope, walk: Walk): void {
  if (member.is === "spread") visit(member.of, scope, walk);
  else {
    if (member.key.is === "interpolation") visit(member.key, scope, walk);
    visit(member.value, scope, walk);
  }
}

function visit(expression: Expression, scope: Scope, walk: Walk, depth = 0): void {
  if (walk.left-- <= 0 || depth > 200) return;
  if (expression.is === "name") visitName(expression.name, expression, scope, walk, depth);
  else if (expression.is === "access" || expression.is === "element") visitStep(expression, scope, walk, depth);
  else for (const inner of innerExpressions(expression)) visit(inner, scope, walk, depth + 1);
}

function add(instance: Instance, { found }: Walk): void {
  if (instance.statement.is === "resource") found.add(instance);
}

function visitName(name: string, expression: Expression, scope: Scope, walk: Walk, depth: number): void {
  if (localNamed(name, scope)) return;
  const expansion = expansionAt(expression, scope, evaluate);
  if (expansion) {
    for (const instance of expansion.loop ? expansion.instances : [expansion.any()]) add(instance, walk);
    return;
  }
  const { template } = scope;
  const key = `${template.prefix}${name}`;
  if (walk.seen.has(key)) return;
  walk.seen.add(key);
  const named = template.source.names.get(name);
  if (named?.is === "var") visit(named.value, { template }, walk, depth + 1);
  if (named?.is !== "param") return;
  const { caller } = template;
  const params = propertyOf(caller?.object, "params");
  const given = params?.value.is === "object" ? propertyOf(params.value, name) : params;
  if (caller && given) visit(given.value, caller.scope, walk, depth + 1);
  else if (named.value) visit(named.value, { template }, walk, depth + 1);
}

/** `storage[0].id` names one of the loop; `network.outputs.id` what the module made it of. */
function visitStep(
  expression: Extract<Expression, { is: "access" | "element" }>,
  scope: Scope,
  walk: Walk,
  depth: number,
): void {
  const instance = instanceAt(expression, scope, evaluate);
  if (instance) add(instance, walk);
  else visit(expression.of, scope, walk, depth + 1);
  if (expression.is === "element" && expression.key) visit(expression.key, scope, walk, depth + 1);
  if (expression.is !== "access" || expression.of.is !== "access" || expression.of.name !== "outputs") return;
  const callee = instanceAt(expression.of.of, scope, evaluate)?.callee();
  const output = callee?.source.outputs.get(expression.name);
  const key = `${callee?.prefix} ${expression.name}`;
  if (!callee || !output || walk.seen.has(key)) return;
  walk.seen.add(key);
  visit(output.value, { template: callee }, walk, depth + 1);
}
