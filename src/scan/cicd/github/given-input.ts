/** What a step gives to an action under a name, which is known in any case. */
import { child, type Node } from "../../formats/node.ts";
import type { Step } from "./workflow.ts";

export function givenInput(step: Step, name: string): Node | undefined {
  const given = child(step.body, "with");
  if (given?.is !== "block") return undefined;
  const key = given.keys().find((one) => one.toLowerCase() === name);
  return key === undefined ? undefined : given.get(key)?.value;
}
