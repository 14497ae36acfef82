/** Variables of groups, releases and pipelines: names, and what their texts look like. The texts themselves are dropped here. */
import type { VariableFact } from "#model/posture/pipeline-facts.ts";
import { isWire, type Wire } from "../read-wire.ts";
import type { Collecting } from "./collector.ts";

const mostVariables = 2000;

/** A switch, a number or a version: nothing that could be a secret. */
const plainText = /^(?:true|false|-?\d{1,9}(?:\.\d{1,6}){0,3})$/i;

/** `{name: {value, isSecret, allowOverride}}`; a text alone in place of the object is its value. */
export function readVariables(variables: Wire, { lookAt }: Pick<Collecting, "lookAt">): readonly VariableFact[] {
  return Object.entries(variables)
    .slice(0, mostVariables)
    .map(([name, variable]): VariableFact => {
      const wire: Wire = isWire(variable) ? variable : { value: variable };
      const isSecret = wire.isSecret === true;
      const value = isSecret || typeof wire.value !== "string" ? "" : wire.value;
      const isPlain = plainText.test(value);
      const looksSecret = value === "" || isPlain ? undefined : lookAt(name, value);
      return {
        name,
        isSecret,
        allowOverride: wire.allowOverride === true,
        ...(isPlain && { plain: value.toLowerCase() }),
        ...(looksSecret && { looksSecret }),
      };
    });
}
