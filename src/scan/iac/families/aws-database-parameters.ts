/** Parameters of database engines: blocks with name and value in Terraform, members of a map in CloudFormation. */
import { all, any, type Condition, value } from "../condition.ts";
import { inText } from "../literal-text.ts";
import { because } from "./because.ts";

/** A parameter group of Terraform sets the parameter to one of these values; without values, to anything. */
export function tfParameter(name: string, ...values: readonly (string | number)[]): Condition {
  const named = value("name", { edit: false }).is(name);
  const held = values.length === 0 ? value("value").exists() : value("value").satisfies(oneOf(values), inText(values));
  return because(any("parameter", all(named, held)), notSet(name, values));
}

/** The same in CloudFormation. */
export function cfnParameter(name: string, ...values: readonly (string | number)[]): Condition {
  const held = value(`Properties.Parameters."${name}"`, { edit: false });
  const demand = values.length === 0 ? held.exists() : held.satisfies(oneOf(values), inText(values));
  return because(demand, notSet(name, values));
}

function notSet(name: string, values: readonly (string | number)[]): string {
  return values.length === 0 ? `parameter ${name} is not set` : `parameter ${name} is not set to ${inText(values)}`;
}

function oneOf(values: readonly (string | number)[]): (found: string | number | boolean) => boolean {
  const wanted = new Set(values.map((one) => String(one).toLowerCase()));
  return (found) => wanted.has(String(found).toLowerCase());
}
