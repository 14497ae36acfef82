/** What a file of policies may hold, as JSON Schema: editors complete and check it while it is written. */
import type { JsonSchema } from "./form.ts";
import { caseForm } from "./policy-case.ts";
import { policyForm } from "./policy-form.ts";

export function policySchema(): JsonSchema {
  const { properties: caseProperties, ...caseRest } = caseForm.schema;
  const cases = { type: "array", items: { $ref: "#/definitions/case" }, description: "What the policies should say." };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Policies of Sallyport",
    anyOf: [
      { $ref: "#/definitions/policy" },
      {
        type: "object",
        properties: {
          policies: { type: "array", items: { $ref: "#/definitions/policy" }, description: "Several in one file." },
          cases,
        },
        additionalProperties: false,
      },
    ],
    definitions: {
      policy: policyForm({ cases }).schema,
      case: { ...caseRest, properties: caseProperties },
    },
  };
}
