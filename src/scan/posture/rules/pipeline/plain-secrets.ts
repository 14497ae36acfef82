/** Secrets that stand readable in the definition of a pipeline. */
import type { ClassicStep, DefinitionFact, VariableFact } from "#model/posture/pipeline-facts.ts";
import type { Evidence, PostureAnswer } from "#model/posture/posture-result.ts";
import { exampleDefinition } from "../../example-facts.ts";
import { definitionResource } from "../../facts/definition-resource.ts";
import { secretInputs, secretVariables } from "../../facts/plain-secrets.ts";
import { fail, onProjects, type PostureRule, pass } from "../../posture-rule.ts";

const look = { rule: "secrets/azure-storage-key", masked: "Ab…Z9" };
const plain: VariableFact = { name: "storageKey", isSecret: false, allowOverride: false, looksSecret: look };
const step: ClassicStep = {
  name: "Upload",
  taskId: "d9bafed4-0b18-4f58-968d-86655b4d2ce9",
  version: "2.*",
  isTaskGroup: false,
  isEnabled: true,
  inputs: [],
};

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/pipeline-plain-secret",
    aliases: ["ado-def-plaintext-secret", "ADO_Build_DP_No_PlainText_Secrets_In_Definition", "ADO-PL-003"],
    category: "pipeline",
    title: "A secret stands readable in the definition of a pipeline",
    severity: "high",
    risks: ["CICD-SEC-6"],
    why: "Everybody who may look at the pipeline reads the secret, and its history keeps it.",
    abuse:
      "Somebody with no more than the right to view pipelines opens its variables and signs in with what stands there.",
    fix: "Edit the pipeline > Variables: make it secret with the padlock, or take it from Azure Key Vault by way of a variable group; then replace the secret, because the history of the definition holds the old one.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/set-secret-variables"],
    needs: ["definitions"],
    checkProject: ({ definitions, project }) =>
      definitions.map((definition) => ({
        resource: definitionResource(project, definition),
        answer: answerOf(definition),
      })),
    examples: {
      bad: [
        { project: { definitions: [exampleDefinition({ variables: [plain] })] } },
        {
          project: {
            definitions: [
              exampleDefinition({
                kind: "classic",
                steps: [{ ...step, inputs: [{ name: "arguments", looksSecret: look }] }],
              }),
            ],
          },
        },
      ],
      good: [
        { project: { definitions: [exampleDefinition({ variables: [{ ...plain, isSecret: true }] })] } },
        {
          project: {
            definitions: [
              exampleDefinition({ variables: [{ name: "region", isSecret: false, allowOverride: false }] }),
              exampleDefinition({ kind: "classic", steps: [{ ...step, inputs: [{ name: "arguments" }] }] }),
            ],
          },
        },
      ],
    },
  }),
];

function answerOf({ id, url, variables, steps }: DefinitionFact): PostureAnswer {
  const found: readonly { readonly name: string; readonly evidence: Evidence }[] = [
    ...secretVariables(variables).map(({ name, says }) => ({
      name: `the variable ${name}`,
      evidence: { what: `pipeline ${id}: variables.${name}.isSecret = false, ${says}`, url },
    })),
    ...secretInputs(steps).map(({ name, says }) => ({
      name,
      evidence: { what: `pipeline ${id}: ${name}: ${says}`, url },
    })),
  ];
  const [first, ...rest] = found;
  if (!first) return pass;
  const more = rest.length === 0 ? "" : ` and ${rest.length} more`;
  return fail("high", `${first.name}${more} holds what looks like a secret, readable`, {
    evidence: found.slice(0, 20).map(({ evidence }) => evidence),
    fix: "Make it secret with the padlock, or take it from Azure Key Vault; then replace the secret.",
  });
}
