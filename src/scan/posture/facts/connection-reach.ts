/** What a service connection reaches: a cloud or cluster, something that is published or deployed to, a tool, or nothing with a secret. */
import type { ConnectionFact } from "#model/posture/resource-facts.ts";

export type ConnectionReach = "cloud" | "target" | "tool" | "nothing";

/** In small letters. */
const clouds: ReadonlySet<string> = new Set([
  "azurerm",
  "azure",
  "azurestack",
  "azureservicebus",
  "azuredeploymentgroup",
  "azureresourcemanager",
  "aws",
  "awsserviceendpoint",
  "amazonwebservices",
  "gcp",
  "googlecloud",
  "googlecloudplatform",
  "gcpserviceaccount",
  "kubernetes",
  "openshift",
  "servicefabric",
  "terraformcloud",
  "alicloud",
  "oracleoci",
]);

/** Where packages, images and programs are put, and machines that are signed in to. */
const targets: ReadonlySet<string> = new Set([
  "dockerregistry",
  "dockerhost",
  "externalnpmregistry",
  "externalnugetfeed",
  "externalpythonuploadfeed",
  "externalmavenrepository",
  "ssh",
  "chef",
  "octopusendpoint",
  "jenkins",
  "jfrogplatform",
  "artifactoryservice",
  "jfrogartifactoryservice",
  "google-play",
  "apple-app-store",
  "visualstudioappcenter",
  "vsmobilecenter",
  "vsmarketplacepublishing",
  "externaltfs",
]);

export function reachOf({ type, scheme, secretParameters }: ConnectionFact): ConnectionReach {
  const kind = type.toLowerCase();
  if (clouds.has(kind) || /kubernetes|^aws|^gcp|^azure/.test(kind)) return "cloud";
  if (targets.has(kind)) return "target";
  if (kind === "incomingwebhook" || (scheme.toLowerCase() === "none" && secretParameters.length === 0))
    return "nothing";
  return "tool";
}

export const reachWords: Readonly<Record<ConnectionReach, string>> = {
  cloud: "it signs in to a cloud or cluster",
  target: "it signs in to where software is published or deployed",
  tool: "it reaches a tool, neither a cloud nor what is deployed to",
  nothing: "it holds no secret",
};
