/** Variables that settings give a pipeline: which are secret, which are switches, and which whoever queues a run may set. */
import type { Fact } from "#model/posture/fact.ts";
import type { VariableFact } from "#model/posture/pipeline-facts.ts";
import type { VariableGroupFact } from "#model/posture/resource-facts.ts";
import type { FactDraft } from "./facts-with-evidence.ts";
import type { Definition } from "./read-code.ts";
import { resourcesByName, valuesOf } from "./resources-by-name.ts";

/** Groups that the code names, and those of the definition. */
export function groupsOf(
  { organization, project, definition }: Definition,
  groupNames: ReadonlySet<string>,
): readonly VariableGroupFact[] {
  const { groups } = resourcesByName(project, organization);
  const named = [...groupNames].flatMap((name) => groups.get(name.toLowerCase()) ?? []);
  const own = valuesOf(project.variableGroups).filter(({ id }) => definition.variableGroupIds.includes(id));
  return [...new Set([...named, ...own])];
}

export function addVariables(drafting: FactDraft, given: Definition, groupNames: ReadonlySet<string>): void {
  const { facts, reasons, evidence } = drafting;
  const { project, definition } = given;
  const { variableGroups } = project;
  if (variableGroups.is === "known") {
    facts.groups = Object.fromEntries(
      variableGroups.value.map((group) => [group.name.toLowerCase(), { hasSecrets: holdsSecret(group) }]),
    );
  } else reasons.secretVariables = `Which variables of groups are secret is not known: ${variableGroups.reason}`;
  const secrets: Record<string, true> = {};
  const switches: Record<string, string> = {};
  const add = (variables: readonly VariableFact[], from: string, url: string): void => {
    for (const { name, isSecret, plain } of variables) {
      const lower = name.toLowerCase();
      if (isSecret) {
        secrets[lower] = true;
        evidence.set(`secretVariables.${lower}`, [{ what: `${from}: ${name} is secret`, url }]);
      } else if (plain !== undefined) {
        switches[lower] = plain;
        evidence.set(`switches.${lower}`, [{ what: `${from}: ${name} = ${plain}`, url }]);
      }
    }
  };
  for (const { name, variables, vault, url } of groupsOf(given, groupNames)) {
    // All that comes from a vault is secret.
    const own = vault ? variables.map((one) => ({ ...one, isSecret: true })) : variables;
    add(own, `variable group ${name}`, url);
    evidence.set(`groups.${name.toLowerCase()}`, [{ what: sayGroup(name, own), url, ...atOf(variableGroups) }]);
  }
  add(definition.variables, `definition ${definition.id}`, definition.url);
  facts.secretVariables = secrets;
  facts.switches = switches;
  facts.queueVariables = queueVariablesOf(given);
}

function atOf(fact: Fact<unknown>): { readonly at?: string } {
  return fact.is === "known" ? { at: fact.at } : {};
}

function holdsSecret({ vault, variables }: VariableGroupFact): boolean {
  return vault !== undefined || variables.some(({ isSecret }) => isSecret);
}

function sayGroup(name: string, variables: readonly VariableFact[]): string {
  return `variable group ${name}: ${variables.filter(({ isSecret }) => isSecret).length} secret variables`;
}

/** Where a project does not limit it, whoever queues a run may set every variable that is no secret. */
function queueVariablesOf({ organization, project, definition }: Definition): readonly string[] {
  const { organizationPipelines } = organization;
  const { generalSettings } = project;
  const isLimitedByAll =
    organizationPipelines.is === "known" && organizationPipelines.value.enforceSettableVar === true;
  const isOpen =
    !isLimitedByAll && generalSettings.is === "known" && generalSettings.value.enforceSettableVar === false;
  return definition.variables
    .filter(({ allowOverride, isSecret }) => allowOverride || (isOpen && !isSecret))
    .map(({ name }) => name.toLowerCase());
}
