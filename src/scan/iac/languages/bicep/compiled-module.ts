/**
 * Modules that are compiled templates: what they make of the values that a call gives them. They are templates of their own,
 * so what their text decides is told where they are read alone.
 */
import { type Block, child } from "../../../formats/node.ts";
import type { Resource } from "../../resource.ts";
import { calledResources } from "../arm/arm.ts";
import { evaluate } from "./evaluate.ts";
import { propertyOf } from "./instances.ts";
import { argumentNamed } from "./open-template.ts";
import { type Instance, placeOf } from "./template.ts";

/** None for other modules, and for those that are not in the repository. */
export function compiledResources(instance: Instance): readonly Resource[] {
  const { statement, scope, object, symbol } = instance;
  if (statement.is !== "module" || statement.path.is !== "literal") return [];
  const path = String(statement.path.value);
  const { template } = scope;
  const file = /\.jsonc?$/i.test(path) ? template.loadedText(path) : undefined;
  if (!file) return [];
  const property = propertyOf(object, "params");
  const params = property && evaluate(property.value, scope);
  const made = calledResources(file, {
    budget: template.scope.budget,
    value: (name) => argumentNamed(name, params, instance),
    calledFrom: [...template.calledFrom, placeOf(statement, scope)],
  });
  const taken = new Map<string, number>();
  return made.map((resource): Resource => {
    const address = `${template.prefix}${symbol}.${resource.types[0]}.${writtenName(resource.body)}`;
    const before = taken.get(address) ?? 0;
    taken.set(address, before + 1);
    return {
      ...resource,
      language: "bicep",
      address: before === 0 ? address : `${address}[${before}]`,
      isReadElsewhere: true,
    };
  });
}

/** The name as the template writes it, the same whatever it is called with: `parameters('name')`. */
function writtenName(body: Block): string {
  const name = child(body, "name")?.at;
  return name ? name.file.text.slice(name.start, name.end).replaceAll(/["[\]]/g, "") : "";
}
