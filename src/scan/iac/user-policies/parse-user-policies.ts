/**
 * Reads users' policies in the YAML format of Checkov's custom policies, unchanged. Strict: what is not understood is told
 * with file, line and field, and only that policy is left out.
 */

import type { Problem } from "#model/scan-result.ts";
import { severities } from "#model/severity.ts";
import { child, itemsOf, type Node, textOf } from "../../formats/node.ts";
import type { TextFile } from "../../formats/text-file.ts";
import { readYaml } from "../../formats/yaml/read-yaml.ts";
import type { Policy, ResourceKey } from "../policy.ts";
import { problemAt } from "../problem-at.ts";
import type { Dialect } from "../resource.ts";
import { compileDefinition, subjectsOf } from "./compile-definition.ts";
import { keysOf, Mistake, type TypeSet } from "./definition.ts";
import { readDefinition } from "./read-definition.ts";

export interface UserPolicies {
  readonly policies: readonly Policy[];
  readonly problems: readonly Problem[];
}

export function parseUserPolicies(file: TextFile): UserPolicies {
  const { documents, problems } = readYaml(file);
  const read = documents.flatMap(({ node }) => (node ? [readPolicy(node)] : []));
  const unread = problems.map(({ message, place }) => leftOut(new Mistake(place, message)));
  return {
    policies: read.flatMap((one) => ("policy" in one ? [one.policy] : [])),
    problems: [...unread, ...read.flatMap((one) => ("problem" in one ? [one.problem] : []))],
  };
}

function readPolicy(node: Node): { readonly policy: Policy } | { readonly problem: Problem } {
  try {
    return { policy: policyOf(node) };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { problem: leftOut(error) };
  }
}

function leftOut({ place, message }: Mistake): Problem {
  return problemAt(place, "policy", `This policy is left out: ${message}. The others run.`);
}

const topKeys = ["metadata", "scope", "definition"];
const metadataKeys = ["id", "name", "category", "severity", "guideline", "frameworks", "guidelines", "description"];

function policyOf(node: Node): Policy {
  keysOf(node, topKeys, "a policy");
  const metadata = child(node, "metadata");
  if (!metadata) throw new Mistake(node.at, "it has no metadata");
  keysOf(metadata, metadataKeys, "metadata");
  const id = demanded(metadata, "id");
  const title = demanded(metadata, "name");
  demanded(metadata, "category");
  const written = child(node, "definition");
  if (!written) throw new Mistake(node.at, "it has no definition");
  const definition = readDefinition(written);
  const guideline = textOf(child(metadata, "guideline"));
  return {
    id: `iac/custom-${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`,
    aliases: [id],
    title,
    severity: severityOf(child(metadata, "severity")),
    controls: "governance",
    why: `A policy of this repository: ${node.at.file.path}.`,
    fix: guideline ?? "See the policy.",
    links: guideline?.startsWith("http") ? [guideline] : [],
    on: conditionsOf(
      subjectsOf(definition),
      child(node, "scope"),
      frameworksOf(metadata),
      compileDefinition(definition),
    ),
    examples: { bad: [], good: [] },
  };
}

function demanded(metadata: Node, key: string): string {
  const node = child(metadata, key);
  const text = node?.is === "scalar" && node.value !== null ? String(node.value) : "";
  if (text === "") throw new Mistake(node?.at ?? metadata.at, `metadata.${key} must be a text`);
  return text;
}

function severityOf(node: Node | undefined): Policy["severity"] {
  if (!node) return "medium";
  const text = textOf(node)?.toLowerCase();
  const found = severities.find((one) => one === text) ?? (text === "info" ? "low" : undefined);
  if (!found) throw new Mistake(node.at, `metadata.severity must be one of ${severities.join(", ")}`);
  return found;
}

const dialects: Readonly<Record<string, readonly Dialect[]>> = {
  terraform: ["tf"],
  terraform_plan: ["tf"],
  cloudformation: ["cfn"],
  arm: ["arm"],
  bicep: ["arm"],
  kubernetes: ["k8s"],
  helm: ["k8s"],
  kustomize: ["k8s"],
  dockerfile: ["docker"],
  docker_compose: ["compose"],
  azure_pipelines: ["pipeline"],
  github_actions: ["workflow"],
};
const allDialects = [...new Set(Object.values(dialects).flat())];

function frameworksOf(metadata: Node): readonly Dialect[] {
  const named = itemsOf(child(metadata, "frameworks"));
  if (named.length === 0) return allDialects;
  return named.flatMap((node) => {
    const name = textOf(node)?.toLowerCase() ?? "";
    if (name === "all") return allDialects;
    const found = dialects[name];
    if (!found)
      throw new Mistake(node.at, `metadata.frameworks knows no '${name}'; known: ${Object.keys(dialects).join(", ")}`);
    return found;
  });
}

/** A type is written as its language writes it, so it can be asked of every language; `all` is limited by provider. */
function conditionsOf(
  subjects: TypeSet,
  scope: Node | undefined,
  within: readonly Dialect[],
  condition: Policy["on"][ResourceKey] & {},
): Policy["on"] {
  if (typeof subjects !== "string") {
    return Object.fromEntries(within.flatMap((dialect) => subjects.map((type) => [`${dialect}:${type}`, condition])));
  }
  const providers = itemsOf(child(scope, "provider")).flatMap((node) => textOf(node)?.toLowerCase() ?? []);
  const asked: typeof condition = (node, resource) =>
    providers.length === 0 || providers.some((one) => isOfProvider(resource.types[0] ?? "", one))
      ? condition(node, resource)
      : { is: "none" };
  return Object.fromEntries(within.map((dialect) => [`${dialect}:*`, asked]));
}

const typePrefixes: Readonly<Record<string, readonly string[]>> = {
  aws: ["aws_", "AWS::"],
  azure: ["azurerm_", "azuread_", "Microsoft."],
  gcp: ["google_"],
  oci: ["oci_"],
  alibabacloud: ["alicloud_"],
};

function isOfProvider(type: string, provider: string): boolean {
  return (typePrefixes[provider] ?? [`${provider}_`]).some((prefix) => type.startsWith(prefix));
}
