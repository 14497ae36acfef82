/** Parameters, outputs and the file itself as ARM templates have them: objects that policies ask about. */
import { objectOf, scalarOf } from "../../../formats/azure-template/values.ts";
import type { Decorator, Expression, OutputStatement, ParameterStatement } from "../../../formats/bicep/syntax.ts";
import { type Block, blockOf, type Member, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { typeNamed } from "./declared-types.ts";
import { evaluate } from "./evaluate.ts";
import { objectValue } from "./literals.ts";
import { placeOf, type Scope, type Template } from "./template.ts";

export interface Part {
  readonly is: "parameter" | "output" | "template";
  readonly name: string;
  readonly at: Place;
  readonly body: Block;
}

export function partsOf(template: Template, resources: readonly Block[]): readonly Part[] {
  const scope: Scope = { template };
  const { file, statements } = template.source;
  const parameters: Part[] = [];
  const outputs: Part[] = [];
  for (const statement of statements) {
    if (statement.is !== "param" && statement.is !== "output") continue;
    const start = statement.decorators[0]?.start ?? statement.start;
    const at = { file, start, end: statement.end };
    const { name } = statement.name;
    if (statement.is === "param") parameters.push({ is: "parameter", name, at, body: declaration(statement, scope) });
    else outputs.push({ is: "output", name, at, body: declaration(statement, scope) });
  }
  const whole = { file, start: firstOf(statements), end: file.text.length };
  const section = (parts: readonly Part[]) =>
    objectOf(
      whole,
      parts.map(({ name, body }) => [name, body] as const),
    );
  const body = objectOf(whole, [
    ["parameters", section(parameters)],
    ["resources", { is: "list", at: whole, items: resources }],
    ["outputs", section(outputs)],
  ]);
  return [{ is: "template", name: "template", at: whole, body }, ...parameters, ...outputs];
}

function firstOf(statements: Template["source"]["statements"]): number {
  const [first] = statements;
  if (!first) return 0;
  return "decorators" in first ? (first.decorators[0]?.start ?? first.start) : first.start;
}

/** Decorators that are members of the declaration in a template. */
const limits: Readonly<Record<string, string>> = {
  allowed: "allowedValues",
  minLength: "minLength",
  maxLength: "maxLength",
  minValue: "minValue",
  maxValue: "maxValue",
  metadata: "metadata",
};

function declaration(statement: ParameterStatement | OutputStatement, scope: Scope): Block {
  const at = placeOf(statement, scope);
  const members = new Map<string, Member>();
  const set = (key: string, value: Node, whole = value.at, written = value.at) => {
    members.set(key, { key: written, whole, value });
  };
  const name = placeOf(statement.name, scope);
  set("name", scalarOf(name, statement.name.name));
  const type = placeOf(statement.type ?? statement.name, scope);
  const secure = statement.decorators.find((decorator) => decorator.name === "secure");
  set("type", scalarOf(type, typeNamed(statement.type, secure !== undefined, scope)));
  for (const decorator of statement.decorators) addLimit(decorator, scope, set);
  if (statement.value)
    set(statement.is === "param" ? "defaultValue" : "value", evaluate(statement.value, scope), at, name);
  return blockOf(at, members, { fold: true });
}

function addLimit(
  decorator: Decorator,
  scope: Scope,
  set: (key: string, value: Node, whole: Place, written: Place) => void,
): void {
  const [first] = decorator.args;
  const key = limits[decorator.name];
  const place = placeOf(decorator, scope);
  if (first && key !== undefined) set(key, evaluate(first, scope), place, place);
  if (!first || decorator.name !== "description") return;
  const text = { is: "property", key: literal("description", first), value: first, decorators: [] } as const;
  const stretch = { start: first.start, end: first.end };
  const metadata = {
    is: "object",
    members: [{ ...text, ...stretch }],
    resources: [],
    broken: false,
    ...stretch,
  } as const;
  set("metadata", objectValue(metadata, scope, evaluate), place, place);
}

function literal(value: string, { start, end }: Expression) {
  return { is: "literal", value, start, end } as const;
}
