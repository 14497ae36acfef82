/** Kinds of Kubernetes that live in no namespace. */

const clusterWide =
  /^(?:Cluster\w+|Namespace|Node|PersistentVolume|StorageClass|CustomResourceDefinition|PriorityClass|IngressClass|GatewayClass|RuntimeClass|PodSecurityPolicy|APIService|\w+WebhookConfiguration|\w+AdmissionPolicy(?:Binding)?|CSIDriver|SecurityContextConstraints)$/;

export function isClusterWide(kind: string | undefined): boolean {
  return kind !== undefined && clusterWide.test(kind);
}
