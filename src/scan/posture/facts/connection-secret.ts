/** What a connection to a cloud, cluster or registry signs in with. Other types have no better way, or are judged by rules of their own. */
import type { ConnectionFact } from "#model/posture/resource-facts.ts";

export type ConnectionSecret =
  | { readonly is: "short-lived" }
  | {
      readonly is: "key" | "certificate" | "registry";
      /** As the end of a sentence about the connection. */
      readonly says: string;
      /** The field that shows it. */
      readonly proof: string;
      readonly fix: string;
    };

const shortLived = { is: "short-lived" } as const;
const federate =
  'Convert it to workload identity federation (the connection > "Convert"), then delete the secret in Microsoft Entra ID.';

/** Undefined: a type that this says nothing about. */
export function secretOf(connection: ConnectionFact): ConnectionSecret | undefined {
  const type = connection.type.toLowerCase();
  if (type === "azurerm") return ofAzure(connection);
  if (/^(?:aws|awsserviceendpoint|amazonwebservices)$/.test(type)) return ofAws(connection);
  if (/^(?:gcp|googlecloud|googlecloudplatform|gcpserviceaccount)/.test(type)) return ofGoogle(connection);
  if (type === "kubernetes" || type === "openshift") return ofCluster(connection);
  if (type === "dockerregistry") return ofRegistry(connection);
  return undefined;
}

function ofAzure(connection: ConnectionFact): ConnectionSecret {
  if (isFederated(connection)) return shortLived;
  const { scheme } = connection;
  const kind = fieldOf(connection, "authenticationtype");
  if (/certificate/i.test(kind)) {
    const proof = `authorization.scheme = ${scheme}, authenticationType = ${kind}`;
    return { is: "certificate", says: "it signs in to Azure with a stored certificate", proof, fix: federate };
  }
  const proof = `authorization.scheme = ${scheme}${kind === "" ? "" : `, authenticationType = ${kind}`}`;
  return { is: "key", says: "it signs in to Azure with a stored key", proof, fix: federate };
}

function ofAws(connection: ConnectionFact): ConnectionSecret {
  if (isFederated(connection) || /^true$/i.test(fieldOf(connection, "useoidc"))) return shortLived;
  const fix =
    'Tick "Use OIDC" in the connection, let the role in AWS trust the issuer of Azure DevOps, and delete the access key.';
  const proof = `authorization.scheme = ${connection.scheme}, useOIDC is not true`;
  return { is: "key", says: "it signs in to AWS with a stored access key", proof, fix };
}

function ofGoogle(connection: ConnectionFact): ConnectionSecret {
  if (isFederated(connection)) return shortLived;
  const fix =
    "Use workload identity federation of Google Cloud for the pipeline, and delete the key of the service account.";
  const proof = `authorization.scheme = ${connection.scheme}`;
  return { is: "key", says: "it signs in to Google Cloud with a stored key", proof, fix };
}

function ofCluster(connection: ConnectionFact): ConnectionSecret {
  const kind = fieldOf(connection, "authorizationtype");
  if (isFederated(connection) || /^azuresubscription$/i.test(kind)) return shortLived;
  const fix =
    'Deploy by an "Azure Resource Manager" connection with federation (useClusterAdmin off), or give this one a token that ends soon and one namespace only.';
  const proof = `authorization.scheme = ${connection.scheme}${kind === "" ? "" : `, authorizationType = ${kind}`}`;
  return { is: "key", says: "it signs in to the cluster with a stored kubeconfig or token", proof, fix };
}

function ofRegistry(connection: ConnectionFact): ConnectionSecret {
  if (isFederated(connection)) return shortLived;
  const kind = fieldOf(connection, "registrytype");
  const fix = /^acr$/i.test(kind)
    ? "Make a connection to the registry with workload identity federation or a managed identity, and delete this one."
    : "Use a registry that takes federated sign-in, or a token that may only push to this repository and ends soon.";
  const proof = `authorization.scheme = ${connection.scheme}${kind === "" ? "" : `, registrytype = ${kind}`}`;
  return { is: "registry", says: "it signs in to the registry with a stored password", proof, fix };
}

function isFederated({ scheme }: ConnectionFact): boolean {
  return /^(?:workloadidentityfederation|managedserviceidentity)$/i.test(scheme);
}

/** Parameters and data, whatever the case of their names. */
function fieldOf({ parameters, data }: ConnectionFact, name: string): string {
  const found = [...Object.entries(parameters), ...Object.entries(data)].find(([key]) => key.toLowerCase() === name);
  return found?.[1] ?? "";
}
