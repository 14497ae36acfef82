/**
 * Shows the body of a Terraform resource of the kubernetes provider as the Kubernetes object it makes: camelCase keys, lists
 * where Kubernetes has lists, single blocks unwrapped. Nothing is copied or resolved ahead; places stay those of the .tf.
 */
import type { Block, List, Member, Node } from "../../../formats/node.ts";

/** Repeated blocks have singular names in Terraform and plural ones in Kubernetes. */
const lists: Readonly<Record<string, string>> = {
  container: "containers",
  init_container: "initContainers",
  env: "env",
  env_from: "envFrom",
  volume: "volumes",
  volume_mount: "volumeMounts",
  port: "ports",
  rule: "rules",
  subject: "subjects",
  range: "ranges",
  sysctl: "sysctls",
  host_aliases: "hostAliases",
  image_pull_secrets: "imagePullSecrets",
  toleration: "tolerations",
  match_expressions: "matchExpressions",
  ingress: "ingress",
  egress: "egress",
  from: "from",
  to: "to",
  item: "items",
  source: "sources",
  sources: "sources",
  allowed_host_paths: "allowedHostPaths",
  host_ports: "hostPorts",
};

/** Words that camelCase would spell otherwise. */
const spelled: Readonly<Record<string, string>> = {
  host_pid: "hostPID",
  host_ipc: "hostIPC",
  host_ip: "hostIP",
  cluster_ip: "clusterIP",
  external_ips: "externalIPs",
  load_balancer_ip: "loadBalancerIP",
  pod_ip: "podIP",
};

/** Maps whose keys belong to the user. */
const verbatim = new Set(
  "labels annotations match_labels limits requests data binary_data string_data node_selector parameters".split(" "),
);

const views = new WeakMap<Block, Block>();
const originals = new WeakMap<Block, Block>();

/** The same block every time it is asked for the same one. */
export function kubernetesView(block: Block): Block {
  const known = views.get(block);
  if (known) return known;
  let names: ReadonlyMap<string, string> | undefined;
  const nameOf = (key: string): string | undefined => {
    names ??= new Map(block.keys().map((one) => [kubernetesName(one, block), one]));
    return names.get(key);
  };
  const members = new Map<string, Member | undefined>();
  const { at, from, open, maybe } = block;
  const view: Block = {
    is: "block",
    at,
    from,
    open,
    maybe,
    keys: () => block.keys().map((key) => kubernetesName(key, block)),
    get: (key) => {
      if (!members.has(key)) members.set(key, memberOf(block, nameOf(key)));
      return members.get(key);
    },
  };
  views.set(block, view);
  originals.set(view, block);
  return view;
}

/** The Terraform block behind a view. */
export function originalOf(view: Block): Block | undefined {
  return originals.get(view);
}

/** `readOnlyRootFilesystem` as Terraform has it. */
export function terraformName(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`);
}

function memberOf(block: Block, key: string | undefined): Member | undefined {
  const member = key === undefined ? undefined : block.get(key);
  if (!member || key === undefined || verbatim.has(key)) return member;
  return { ...member, value: key in lists ? listOf(member.value) : single(member.value) };
}

/** In a rule of a network policy `port` is a list too, in a probe it is a number. */
function kubernetesName(key: string, block: Block): string {
  if (key === "port" && !isRepeated(block, key)) return "port";
  // The rule of a PodSecurityPolicy is a word.
  if (key === "rule" && !isRepeated(block, key)) return "rule";
  return lists[key] ?? spelled[key] ?? key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function isRepeated(block: Block, key: string): boolean {
  const value = block.get(key)?.value;
  return value?.is === "list" || value?.is === "block";
}

function listOf(node: Node): Node {
  if (node.is === "block") return kubernetesView(node);
  return node.is === "list" ? { ...node, items: node.items.map(viewOf) } : node;
}

function single(node: Node): Node {
  const list = listOf(node);
  if (list.is !== "list") return list;
  const [only, ...more] = list.items;
  return only?.is === "block" && more.length === 0 ? unwrapped(list, only) : list;
}

/** A block that a loop of unknown length made may not be there. */
function unwrapped(list: List, only: Block): Block {
  return list.open === undefined || only.maybe === true ? only : { ...only, maybe: true };
}

function viewOf(node: Node): Node {
  return node.is === "block" ? kubernetesView(node) : node;
}
