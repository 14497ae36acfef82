/** Pods that share something with their node: its processes, its network, its ports, its files, its container runtime. */
import { type Condition, value } from "../../condition.ts";
import { podManifest, terraformPod } from "../../languages/kubernetes/example-manifests.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { eachContainer, podSpecIs } from "../../languages/kubernetes/pod.ts";
import type { Policy } from "../../policy.ts";

const links = ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"];
const runtimeSocket = /^\/(?:var\/)?run\/(?:docker\.sock|containerd\/containerd\.sock|crio\/crio\.sock|docker\/?)$/;

/** A switch of the pod that must not be on. */
function isOff(key: string): Condition {
  return podSpecIs(value(key).not(true));
}

function hostSwitch(key: string, terraformKey: string): Policy["examples"] {
  return {
    bad: [podManifest([], [`${key}: true`]), terraformPod([], [`${terraformKey} = true`])],
    good: [
      podManifest(),
      podManifest([], [`${key}: false`]),
      terraformPod(),
      terraformPod([], [`${terraformKey} = false`]),
    ],
  };
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-shares-host-pid",
    aliases: ["CKV_K8S_17", "AVD-KSV-0010"],
    title: "Pod sees the processes of its node",
    severity: "high",
    controls: "workload-isolation",
    why: "From such a pod one can read the environment of every process on the node, secrets included, and stop or debug them.",
    fix: "Remove hostPID: true.",
    links,
    on: onKinds(["workload"], isOff("hostPID")),
    examples: hostSwitch("hostPID", "host_pid"),
  },
  {
    id: "iac/kubernetes-shares-host-ipc",
    aliases: ["CKV_K8S_18", "AVD-KSV-0008"],
    title: "Pod shares the memory segments of its node",
    severity: "high",
    controls: "workload-isolation",
    why: "Shared memory of other processes on the node can be read and changed from the pod.",
    fix: "Remove hostIPC: true.",
    links,
    on: onKinds(["workload"], isOff("hostIPC")),
    examples: hostSwitch("hostIPC", "host_ipc"),
  },
  {
    id: "iac/kubernetes-shares-host-network",
    aliases: ["CKV_K8S_19", "AVD-KSV-0009"],
    title: "Pod uses the network of its node",
    severity: "high",
    controls: "workload-isolation",
    why: "The pod reaches what listens only on the node itself, can watch the node's traffic, and no network policy holds for it.",
    fix: "Remove hostNetwork: true and publish ports through a Service.",
    links,
    on: onKinds(["workload"], isOff("hostNetwork")),
    examples: hostSwitch("hostNetwork", "host_network"),
  },
  {
    id: "iac/kubernetes-host-port",
    aliases: ["CKV_K8S_26", "AVD-KSV-0024"],
    title: "Container opens a port of its node",
    severity: "low",
    controls: "network-exposure",
    why: "The port is reachable on the node's address, past the Services and often past the network policies of the cluster.",
    fix: "Remove hostPort and publish the port through a Service.",
    links,
    on: onKinds(["workload"], eachContainer(value("ports.hostPort").absent())),
    examples: {
      bad: [
        podManifest(["ports:", "  - containerPort: 8080", "    hostPort: 8080"]),
        terraformPod(["port {", "  container_port = 8080", "  host_port      = 8080", "}"]),
      ],
      good: [
        podManifest(["ports:", "  - containerPort: 8080"]),
        terraformPod(["port {", "  container_port = 8080", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-mounts-container-runtime-socket",
    aliases: ["CKV_K8S_27", "AVD-KSV-0006"],
    title: "Pod mounts the socket of the container runtime",
    severity: "critical",
    controls: "workload-isolation",
    why: "Whoever reaches the socket starts privileged containers on the node, and so owns the node.",
    fix: "Remove the hostPath volume. Build images with a tool that needs no daemon.",
    links,
    on: onKinds(["workload"], podSpecIs(value("volumes.hostPath.path").notMatches(runtimeSocket))),
    examples: {
      bad: [
        podManifest([], ["volumes:", "  - name: docker", "    hostPath:", "      path: /var/run/docker.sock"]),
        terraformPod(
          [],
          ["volume {", '  name = "docker"', "  host_path {", '    path = "/var/run/docker.sock"', "  }", "}"],
        ),
      ],
      good: [podManifest([], ["volumes:", "  - name: data", "    emptyDir: {}"])],
    },
  },
  {
    id: "iac/kubernetes-host-path-volume",
    aliases: ["AVD-KSV-0023"],
    title: "Pod mounts a folder of its node",
    severity: "medium",
    controls: "workload-isolation",
    why: "Files of the node are within reach of the pod: credentials of the kubelet, logs of other pods, and with write access the node itself.",
    fix: "Use a PersistentVolumeClaim, an emptyDir or a CSI volume in place of hostPath.",
    links,
    on: onKinds(["workload"], podSpecIs(value("volumes.hostPath").absent())),
    examples: {
      bad: [podManifest([], ["volumes:", "  - name: sys", "    hostPath:", "      path: /sys"])],
      good: [podManifest([], ["volumes:", "  - name: data", "    emptyDir: {}"])],
    },
  },
  {
    id: "iac/kubernetes-host-aliases",
    aliases: ["AVD-KSV-0007"],
    title: "Pod writes its own entries into /etc/hosts",
    severity: "low",
    controls: "workload-hardening",
    why: "Names that a manifest fixes to addresses can send traffic to another host than everybody reads into the name.",
    fix: "Remove hostAliases and let DNS answer, with a Service or an ExternalName where needed.",
    links: ["https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/"],
    on: onKinds(["workload"], podSpecIs(value("hostAliases").absent())),
    examples: {
      bad: [podManifest([], ["hostAliases:", "  - ip: 10.1.2.3", "    hostnames: [db.shop.example]"])],
      good: [podManifest()],
    },
  },
];
