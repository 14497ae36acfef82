/** Settings that take from a container what it does not need: a writable root, system calls, sysctls, odd volumes. */
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import { all, anyOf, type Condition, value } from "../../condition.ts";
import { podManifest, terraformPod } from "../../languages/kubernetes/example-manifests.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { eachContainer, podSpecIs, podTemplate } from "../../languages/kubernetes/pod.ts";
import type { Policy } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const standards = "https://kubernetes.io/docs/concepts/security/pod-security-standards/";
const context = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/";

/** The Terraform check of the same id asks for the context of the containers. */
const hasSecurityContext: Condition = (node, resource) => {
  const ofPod = podSpecIs(value("securityContext").exists());
  const condition = resource.dialect === "tf" ? anyOf(ofPod, eachContainer(value("securityContext").exists())) : ofPod;
  return condition(node, resource);
};

const oldSeccomp = "seccomp.security.alpha.kubernetes.io";
const goodProfiles = new Set(["RuntimeDefault", "Localhost"]);

function annotationsOf(resource: Parameters<typeof podTemplate>[0]): Node | undefined {
  return child(child(podTemplate(resource), "metadata"), "annotations");
}

function textAt(node: Node | undefined, key: string): string {
  const found = child(node, key);
  return found?.is === "scalar" ? String(found.value) : "";
}

/** Profile of the container, else of the pod, else the annotations of clusters before 1.19. */
const hasSeccompProfile: Condition = podSpecIs((spec, resource) =>
  eachContainer((container) => {
    const profiles = [container, spec].map((one) => child(child(one, "securityContext"), "seccompProfile"));
    const profile = profiles.find((one) => one !== undefined && !(one.is === "scalar" && one.value === null));
    const type = child(profile, "type");
    if (type?.is === "unknown") return unknownAt(type.at, type.reason);
    if (type?.is === "scalar" && goodProfiles.has(String(type.value))) return passAt(type.at);
    if (profile?.is === "unknown") return unknownAt(profile.at, profile.reason);
    const annotations = annotationsOf(resource);
    const old =
      textAt(annotations, `container.${oldSeccomp}/${textAt(container, "name")}`) ||
      textAt(annotations, `${oldSeccomp}/pod`);
    if (!profile && /^(?:docker\/default$|runtime\/default$|localhost\/)/.test(old)) {
      return passAt(annotations?.at ?? container.at);
    }
    return failAt(type?.at ?? profile?.at ?? container.at, "no seccomp profile (RuntimeDefault or Localhost) holds");
  })(spec, resource),
);

const apparmor = "container.apparmor.security.beta.kubernetes.io/";

/** Without a word about it the runtime's own profile is used. */
const keepsAppArmor: Condition = podSpecIs((spec, resource) => {
  const annotations = annotationsOf(resource);
  if (annotations?.is === "block") {
    for (const key of annotations.keys().filter((one) => one.startsWith(apparmor))) {
      const profile = annotations.get(key)?.value;
      if (profile?.is === "unknown") return unknownAt(profile.at, profile.reason);
      if (profile?.is === "scalar" && !/^(?:runtime\/default$|localhost\/)/.test(String(profile.value)))
        return failAt(profile, `the AppArmor profile is ${String(profile.value)}`);
    }
  }
  const type = value("securityContext.appArmorProfile.type", { missing: "pass" }).oneOf("RuntimeDefault", "Localhost");
  return all(type, eachContainer(type))(spec, resource);
});

/** Harmless outside the pod; the list of the baseline standard. */
const safeSysctls = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
];

const selinux = all(
  value("securityContext.seLinuxOptions.type", { missing: "pass" }).oneOf(
    "container_t",
    "container_init_t",
    "container_kvm_t",
    "container_engine_t",
  ),
  value("securityContext.seLinuxOptions.user").absent(),
  value("securityContext.seLinuxOptions.role").absent(),
);

/** Of the restricted standard; hostPath has a policy of its own. */
const volumeKinds = new Set(
  "name configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret hostPath image".split(" "),
);

const usesCoreVolumes: Condition = podSpecIs((spec) => {
  for (const volume of itemsOf(child(spec, "volumes"))) {
    if (volume.is !== "block") continue;
    const odd = volume.keys().find((key) => !volumeKinds.has(key));
    if (odd !== undefined) return failAt(volume.get(odd)?.whole ?? volume.at, `a volume of the kind ${odd}`);
  }
  return passAt(spec.at);
});

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-writable-root-filesystem",
    aliases: ["CKV_K8S_22", "AVD-KSV-0014"],
    title: "Container can write to its own image",
    severity: "low",
    controls: "workload-hardening",
    why: "An attacker who runs code in the container can put tools there and change the program for everybody who uses it.",
    fix: "Set securityContext.readOnlyRootFilesystem to true and mount emptyDir volumes where the program must write.",
    links: [context],
    on: onKinds(["workload"], eachContainer(value("securityContext.readOnlyRootFilesystem").is(true))),
    examples: {
      bad: [podManifest(), podManifest(["securityContext:", "  readOnlyRootFilesystem: false"]), terraformPod()],
      good: [
        podManifest(["securityContext:", "  readOnlyRootFilesystem: true"]),
        terraformPod(["security_context {", "  read_only_root_filesystem = true", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-pod-without-security-context",
    aliases: ["CKV_K8S_29"],
    title: "Pod has no security context",
    severity: "low",
    controls: "workload-hardening",
    why: "Without one, the pod runs as the image says, often as root, with everything the runtime allows by default.",
    fix: "Add spec.securityContext with runAsNonRoot: true and a seccomp profile.",
    links: [context],
    on: onKinds(["workload"], hasSecurityContext),
    examples: {
      bad: [podManifest(), terraformPod()],
      good: [
        podManifest([], ["securityContext:", "  runAsNonRoot: true"]),
        terraformPod(["security_context {", "  run_as_non_root = true", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-container-without-security-context",
    aliases: ["CKV_K8S_30"],
    title: "Container has no security context",
    severity: "low",
    controls: "workload-hardening",
    why: "Capabilities, privilege escalation and the root file system can only be restricted per container; without a context they are not.",
    fix: "Add a securityContext to the container: no privilege escalation, a read-only root, all capabilities dropped.",
    links: [context],
    on: onKinds(["workload"], eachContainer(value("securityContext").exists())),
    examples: {
      bad: [podManifest(), terraformPod()],
      good: [
        podManifest(["securityContext:", "  allowPrivilegeEscalation: false"]),
        terraformPod(["security_context {", "  allow_privilege_escalation = false", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-no-seccomp-profile",
    aliases: ["CKV_K8S_31", "AVD-KSV-0030"],
    title: "Container may use every system call",
    severity: "low",
    controls: "workload-hardening",
    why: "Most ways out of a container use system calls that no ordinary program needs. Without a seccomp profile all are open.",
    fix: "Set securityContext.seccompProfile.type to RuntimeDefault for the pod.",
    links: ["https://kubernetes.io/docs/tutorials/security/seccomp/"],
    on: onKinds(["workload"], hasSeccompProfile),
    examples: {
      bad: [
        podManifest(),
        podManifest(["securityContext:", "  seccompProfile:", "    type: Unconfined"]),
        terraformPod(),
      ],
      good: [
        podManifest([], ["securityContext:", "  seccompProfile:", "    type: RuntimeDefault"]),
        terraformPod([], ["security_context {", "  seccomp_profile {", '    type = "RuntimeDefault"', "  }", "}"]),
      ],
    },
  },
  {
    id: "iac/kubernetes-apparmor-switched-off",
    aliases: ["AVD-KSV-0002"],
    title: "AppArmor profile of a container is switched off or replaced",
    severity: "medium",
    controls: "workload-hardening",
    why: "The runtime's profile keeps processes from mounting and from writing to the kernel's interfaces; without it they may.",
    fix: "Use the profile RuntimeDefault, or a Localhost profile that is installed on the nodes.",
    links: ["https://kubernetes.io/docs/tutorials/security/apparmor/"],
    on: onKinds(["workload"], keepsAppArmor),
    examples: {
      bad: [podManifest(["securityContext:", "  appArmorProfile:", "    type: Unconfined"])],
      good: [podManifest(), podManifest(["securityContext:", "  appArmorProfile:", "    type: RuntimeDefault"])],
    },
  },
  {
    id: "iac/kubernetes-custom-selinux-label",
    aliases: ["AVD-KSV-0025"],
    title: "Container runs under an SELinux label of its own",
    severity: "medium",
    controls: "workload-hardening",
    why: "A custom type, user or role can free the process from the rules that keep containers apart.",
    fix: "Remove seLinuxOptions, or use the types container_t, container_init_t or container_kvm_t alone.",
    links: [standards],
    on: onKinds(["workload"], all(podSpecIs(selinux), eachContainer(selinux))),
    examples: {
      bad: [podManifest([], ["securityContext:", "  seLinuxOptions:", "    type: spc_t"])],
      good: [podManifest(), podManifest([], ["securityContext:", "  seLinuxOptions:", "    type: container_t"])],
    },
  },
  {
    id: "iac/kubernetes-unsafe-sysctl",
    aliases: ["AVD-KSV-0026"],
    title: "Pod changes kernel settings that others feel",
    severity: "medium",
    controls: "workload-isolation",
    why: "Unsafe sysctls reach beyond the pod: they can slow or break other pods of the node, or open a way out.",
    fix: "Remove the sysctl, or set it on a pool of nodes of its own.",
    links: ["https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/"],
    on: onKinds(
      ["workload"],
      podSpecIs(value("securityContext.sysctls.name", { missing: "pass", edit: false }).oneOf(...safeSysctls)),
    ),
    examples: {
      bad: [podManifest([], ["securityContext:", "  sysctls:", "    - name: kernel.msgmax", '      value: "65536"'])],
      good: [
        podManifest([], ["securityContext:", "  sysctls:", "    - name: net.ipv4.tcp_syncookies", '      value: "1"']),
      ],
    },
  },
  {
    id: "iac/kubernetes-unmasked-proc",
    aliases: ["AVD-KSV-0027"],
    title: "Container sees all of /proc",
    severity: "medium",
    controls: "workload-isolation",
    why: "The runtime hides parts of /proc that tell about the node or change it; Unmasked shows them.",
    fix: "Remove securityContext.procMount, or set it to Default.",
    links: [standards],
    on: onKinds(["workload"], eachContainer(value("securityContext.procMount", { missing: "pass" }).is("Default"))),
    examples: {
      bad: [podManifest(["securityContext:", "  procMount: Unmasked"])],
      good: [podManifest(), podManifest(["securityContext:", "  procMount: Default"])],
    },
  },
  {
    id: "iac/kubernetes-volume-of-odd-kind",
    aliases: ["AVD-KSV-0028"],
    title: "Pod mounts storage past the volume claims",
    severity: "low",
    controls: "workload-hardening",
    why: "Volumes that name a storage system directly bypass the quotas and permissions that claims go through, and carry its credentials in the pod.",
    fix: "Create a PersistentVolume for the storage and mount it through a PersistentVolumeClaim.",
    links: [standards],
    on: onKinds(["workload"], usesCoreVolumes),
    examples: {
      bad: [
        podManifest([], ["volumes:", "  - name: share", "    nfs:", "      server: nfs.example", "      path: /share"]),
      ],
      good: [podManifest([], ["volumes:", "  - name: data", "    persistentVolumeClaim:", "      claimName: data"])],
    },
  },
];
