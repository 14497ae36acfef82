/** Parameters of database engines: blocks with name and value in Terraform, members of a map in CloudFormation. */
import { all, any, type Condition, value } from "../condition.ts";
import { inText } from "../literal-text.ts";

type Values = readonly (string | number)[];

/** A parameter group of Terraform sets the parameter to one of these values; without values, to anything. */
export function tfParameter(name: string, ...values: Values): Condition {
  const named = value("name", { edit: false }).is(name);
  const held = values.length === 0 ? value("value").exists() : value("value").satisfies(oneOf(values), inText(values));
  return told(any("parameter", all(named, held)), name, values);
}

/** The same in CloudFormation. */
export function cfnParameter(name: string, ...values: Values): Condition {
  const held = value(`Properties.Parameters."${name}"`, { edit: false });
  return told(values.length === 0 ? held.exists() : held.satisfies(oneOf(values), inText(values)), name, values);
}

/** At the group as a whole: another parameter is not to blame for the one that is missing. */
function told(condition: Condition, name: string, values: Values): Condition {
  const why = `parameter ${name} is not set${values.length === 0 ? "" : ` to ${inText(values)}`}`;
  return (node, resource) => {
    const verdict = condition(node, resource);
    return verdict.is === "fail" ? { ...verdict, at: node.at, why } : verdict;
  };
}

function oneOf(values: Values): (found: string | number | boolean) => boolean {
  const wanted = new Set(values.map((one) => String(one).toLowerCase()));
  return (found) => wanted.has(String(found).toLowerCase());
}
