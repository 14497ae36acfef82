/**
 * Templates that Bicep deploys: compiled ones that are called as modules, and those that stand in a deployment resource or
 * are loaded there. A file is a template of its own, so what its text decides is told where it is read alone.
 */
import { type Block, child, type Node } from "../../../formats/node.ts";
import type { Resource } from "../../resource.ts";
import { calledResources, calledTemplate } from "../arm/arm.ts";
import { givenValue } from "../arm/deployment.ts";
import type { Found } from "./connections.ts";
import { evaluate } from "./evaluate.ts";
import { propertyOf } from "./instances.ts";
import { argumentNamed } from "./open-template.ts";
import { type Instance, placeOf } from "./template.ts";

/** None for other modules, and for those that are not in the repository. */
export function compiledResources(instance: Instance): readonly Resource[] {
  const { statement, scope, object } = instance;
  if (statement.is !== "module" || statement.path.is !== "literal") return [];
  const path = String(statement.path.value);
  const file = /\.jsonc?$/i.test(path) ? scope.template.loadedText(path) : undefined;
  const root = file && calledTemplate(file);
  if (!root) return [];
  const property = propertyOf(object, "params");
  const params = property && evaluate(property.value, scope);
  return resourcesOf(root, (name) => argumentNamed(name, params, instance), instance);
}

/** What a resource of the type `Microsoft.Resources/deployments` deploys. */
export function deployedResources({ identity, instance, body }: Found): readonly Resource[] {
  if (identity.type.toLowerCase() !== "microsoft.resources/deployments") return [];
  const properties = child(body, "properties");
  const root = child(properties, "template");
  if (root?.is !== "block") return [];
  const parameters = child(properties, "parameters");
  return resourcesOf(
    root,
    (name) => {
      const given = child(parameters, name);
      return given && givenValue(given);
    },
    instance,
  );
}

function resourcesOf(
  root: Block,
  value: (parameter: string) => Node | undefined,
  { scope, statement, symbol }: Instance,
): readonly Resource[] {
  const { template } = scope;
  const made = calledResources(root, {
    budget: template.scope.budget,
    value,
    calledFrom: [...template.calledFrom, placeOf(statement, scope)],
  });
  const taken = new Map<string, number>();
  const isReadElsewhere = (root.from ?? root.at).file !== template.source.file;
  return made.map((resource): Resource => {
    const address = `${template.prefix}${symbol}.${resource.types[0]}.${writtenName(resource.body)}`;
    const before = taken.get(address) ?? 0;
    taken.set(address, before + 1);
    return {
      ...resource,
      language: "bicep",
      address: before === 0 ? address : `${address}[${before}]`,
      ...(isReadElsewhere && { isReadElsewhere }),
    };
  });
}

/** The name as the template writes it, the same whatever it is called with: `parameters('name')`. */
function writtenName(body: Block): string {
  const name = child(body, "name")?.at;
  return name ? name.file.text.slice(name.start, name.end).replaceAll(/["[\]]/g, "") : "";
}
