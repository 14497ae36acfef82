/** Containers of a compose file stay apart from their host. */
import { child, itemsOf, textOf } from "../../../formats/node.ts";
import { type Condition, value } from "../../condition.ts";
import { type Mount, mountsOf } from "../../languages/compose/short-forms.ts";
import { compose, type Policy } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const reference = "https://docs.docker.com/reference/compose-file/services/";
const service = (text: string) => compose(`services:\n  web:\n    image: nginx:1.27\n${text}`);

function noMount(judge: (mount: Mount) => string | undefined): Condition {
  return (node) => {
    const { items, unknown } = mountsOf(node);
    for (const mount of items) {
      const why = judge(mount);
      if (why !== undefined) return failAt(mount, why);
    }
    return unknown ? unknownAt(unknown.at, unknown.reason) : passAt(node.at);
  };
}

const socket = /(?:docker|containerd|crio|podman)\.sock$|docker_engine$/;
const privateFolder =
  /^(?:~|\$\{HOME\}|\/root|\/home\/[^/]+)(?:\/?$|\/\.(?:ssh|aws|azure|kube|docker|gnupg|config)(?:\/|$))/;
const hostFolder =
  /^\/(?:$|(?:etc|boot|dev|lib|lib64|proc|sys|usr|bin|sbin|var|var\/run|run|var\/lib|var\/lib\/(?:docker|kubelet|containerd)|root|home)\/?$|(?:etc\/(?:shadow|passwd|sudoers|ssh|pam\.d|cron)|proc\/|sys\/|boot\/|var\/lib\/(?:docker|kubelet)\/))/;
/** What many images take from the host without harm. */
const harmless =
  /^\/(?:etc\/(?:localtime|timezone|hosts|hostname|resolv\.conf|ssl|pki)|sys\/fs\/cgroup|dev\/(?:shm|dri|snd|net\/tun|null|u?random))(?:\/|$)/;

const noUnconfined: Condition = (node) => {
  for (const option of itemsOf(child(node, "security_opt"))) {
    if (/^(?:seccomp|apparmor|systempaths)[:=]\s*unconfined$|^label[:=]\s*disable$/.test(textOf(option) ?? "")) {
      return failAt(option, "this switches a protection of the host off");
    }
  }
  return passAt(node.at);
};

const diskOrMemory =
  /^\/dev(?:\/?$|\/(?:k?mem|port|kmsg|sd[a-z]|nvme|vd[a-z]|xvd[a-z]|hd[a-z]|dm-|mapper|disk|loop|kvm|tty\d))/;

const noDevice: Condition = (node) => {
  for (const device of itemsOf(child(node, "devices"))) {
    const text = textOf(device) ?? textOf(child(device, "source")) ?? "";
    if (diskOrMemory.test(text)) return failAt(device, "this device leads into the host");
  }
  for (const rule of itemsOf(child(node, "device_cgroup_rules"))) {
    if (/^a\s|\*:\*/.test(textOf(rule) ?? "")) return failAt(rule, "this rule opens every device");
  }
  return passAt(node.at);
};

/** Kernel settings that a container has for itself; see the reference of docker run. */
const ownSysctl = /^(?:kernel\.(?:msg(?:max|mnb|mni)|sem|shm\w+)|fs\.mqueue\.|net\.)/;
const opensNetwork =
  /^net\.ipv[46]\.(?:ip_forward|conf\.[^.]+\.(?:forwarding|route_localnet|accept_redirects|accept_source_route|send_redirects))$/;

const noSysctl: Condition = (node) => {
  const settings = child(node, "sysctls");
  for (const name of settings?.is === "block" ? settings.keys() : []) {
    const setting = child(settings, name);
    const isOn = setting?.is === "scalar" && Number(setting.value) > 0;
    if (setting && (!ownSysctl.test(name) || (opensNetwork.test(name) && isOn))) {
      return failAt(setting, `${name} is changed`);
    }
  }
  return passAt(node.at);
};

const hostNamespaces = (key: string): Condition => value(key, { missing: "pass" }).not("host");

export const policies: readonly Policy[] = [
  {
    id: "iac/compose-privileged",
    aliases: [],
    title: "A privileged container",
    severity: "high",
    why: "A privileged container has every right and every device of the host. Who breaks into it has the host.",
    fix: "Remove privileged, and add the one capability or device that is needed.",
    links: [`${reference}#privileged`],
    controls: "privileged-workload",
    on: { "compose:service": value("privileged", { missing: "pass" }).not(true) },
    examples: { bad: [service("    privileged: true\n")], good: [service("    privileged: false\n")] },
  },
  {
    id: "iac/compose-host-network",
    aliases: [],
    title: "A container in the network of the host",
    severity: "medium",
    why: "The container reaches what listens only on the host itself, and opens its own ports there without being asked.",
    fix: "Remove network_mode: host, and publish the ports that are needed.",
    links: [`${reference}#network_mode`],
    controls: "workload-isolation",
    on: { "compose:service": hostNamespaces("network_mode") },
    examples: { bad: [service("    network_mode: host\n")], good: [service("    network_mode: bridge\n")] },
  },
  {
    id: "iac/compose-host-processes",
    aliases: [],
    title: "A container sees the processes of the host",
    severity: "high",
    why: "The container can read the environment of other processes, with their secrets, and stop them.",
    fix: "Remove pid: host.",
    links: [`${reference}#pid`],
    controls: "workload-isolation",
    on: { "compose:service": hostNamespaces("pid") },
    examples: { bad: [service("    pid: host\n")], good: [service("    pid: service:app\n")] },
  },
  {
    id: "iac/compose-host-memory",
    aliases: [],
    title: "A container shares memory with the host",
    severity: "medium",
    why: "With ipc: host the container reads and writes memory that processes of the host share among themselves.",
    fix: "Remove ipc: host. Use ipc: service:NAME between the two containers that need it.",
    links: [`${reference}#ipc`],
    controls: "workload-isolation",
    on: { "compose:service": hostNamespaces("ipc") },
    examples: { bad: [service("    ipc: host\n")], good: [service("    ipc: private\n")] },
  },
  {
    id: "iac/compose-host-users",
    aliases: [],
    title: "A container keeps the users of the host",
    severity: "medium",
    why: "User namespaces make root of the container nobody on the host. userns_mode: host takes that away.",
    fix: "Remove userns_mode: host.",
    links: [`${reference}#userns_mode`],
    controls: "workload-isolation",
    on: { "compose:service": hostNamespaces("userns_mode") },
    examples: { bad: [service("    userns_mode: host\n")], good: [service("    read_only: true\n")] },
  },
  {
    id: "iac/compose-host-cgroup-or-name",
    aliases: [],
    title: "A container shares control groups or names with the host",
    severity: "medium",
    why: "In the host's control groups a container sees all others and may get at their limits; in its UTS namespace it can rename the host.",
    fix: "Remove cgroup: host and uts: host.",
    links: [`${reference}#cgroup`],
    controls: "workload-isolation",
    on: {
      "compose:service": (node, resource) => {
        const cgroup = hostNamespaces("cgroup")(node, resource);
        return cgroup.is === "fail" ? cgroup : hostNamespaces("uts")(node, resource);
      },
    },
    examples: {
      bad: [service("    cgroup: host\n"), service("    uts: host\n")],
      good: [service("    cgroup: private\n")],
    },
  },
  {
    id: "iac/compose-mounts-container-socket",
    aliases: [],
    title: "The socket of Docker is given to a container",
    severity: "high",
    why: "Who may talk to the socket may start a privileged container, and so is root on the host. Read-only changes nothing about that.",
    fix: "Remove the mount. Where a program needs to know about containers, put a proxy in between that allows only those requests.",
    links: ["https://docs.docker.com/engine/security/protect-access/"],
    controls: "workload-isolation",
    on: {
      "compose:service": noMount(({ source }) =>
        socket.test(source) ? "this socket gives all rights on the host" : undefined,
      ),
    },
    examples: {
      bad: [service("    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock:ro\n")],
      good: [service("    volumes:\n      - data:/data\n")],
    },
  },
  {
    id: "iac/compose-mounts-host-folder",
    aliases: [],
    title: "A folder of the host's system is mounted",
    severity: "high",
    why: "Who breaks into the container reads the host's settings and keys, and if it may write, changes them.",
    fix: "Mount only the one file or folder of the application, and read-only where that is enough.",
    links: [`${reference}#volumes`],
    controls: "workload-isolation",
    on: {
      "compose:service": noMount(({ source }) => {
        if (socket.test(source) || harmless.test(source)) return undefined;
        return hostFolder.test(source) || privateFolder.test(source)
          ? "this belongs to the host or its users"
          : undefined;
      }),
    },
    examples: {
      bad: [
        service("    volumes:\n      - /etc:/host/etc\n"),
        service("    volumes:\n      - type: bind\n        source: ~/.ssh\n        target: /keys\n"),
      ],
      good: [service("    volumes:\n      - ./site:/site:ro\n      - /etc/localtime:/etc/localtime:ro\n")],
    },
  },
  {
    id: "iac/compose-mount-propagates",
    aliases: [],
    title: "Mounts made in the container reach the host",
    severity: "medium",
    why: "With shared propagation what the container mounts appears on the host, over files that others rely on.",
    fix: "Remove shared and rshared; rslave is enough to see what the host mounts.",
    links: ["https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation"],
    controls: "workload-isolation",
    on: {
      "compose:service": noMount(({ options }) =>
        options.some((option) => option === "shared" || option === "rshared")
          ? "the mount is shared with the host"
          : undefined,
      ),
    },
    examples: {
      bad: [service("    volumes:\n      - ./site:/site:rshared\n")],
      good: [service("    volumes:\n      - ./site:/site:rslave\n")],
    },
  },
  {
    id: "iac/compose-unconfined",
    aliases: [],
    title: "A protection of the host is switched off",
    severity: "high",
    why: "seccomp, AppArmor and SELinux keep a container from the parts of the kernel that break-outs are made of.",
    fix: "Remove the option, or name a profile that allows the one thing more that is needed.",
    links: ["https://docs.docker.com/engine/security/seccomp/"],
    controls: "workload-isolation",
    on: { "compose:service": noUnconfined },
    examples: {
      bad: [service("    security_opt:\n      - seccomp:unconfined\n")],
      good: [service("    security_opt:\n      - no-new-privileges:true\n")],
    },
  },
  {
    id: "iac/compose-host-device",
    aliases: [],
    title: "A disk or the memory of the host is given to a container",
    severity: "high",
    why: "Who can read a disk or memory past the file system reads everything on the host, and writes it too.",
    fix: "Remove the device, or name the one that is needed.",
    links: [`${reference}#devices`],
    controls: "workload-isolation",
    on: { "compose:service": noDevice },
    examples: {
      bad: [service("    devices:\n      - /dev/sda:/dev/sda\n")],
      good: [service("    devices:\n      - /dev/ttyUSB0:/dev/ttyUSB0\n")],
    },
  },
  {
    id: "iac/compose-changes-kernel-settings",
    aliases: [],
    title: "Kernel settings are changed for a container",
    severity: "low",
    why: "Settings that let a container forward or redirect packets make it a way into networks behind it.",
    fix: "Remove the setting, unless the container is a router.",
    links: [`${reference}#sysctls`],
    controls: "workload-hardening",
    on: { "compose:service": noSysctl },
    examples: {
      bad: [
        service("    sysctls:\n      net.ipv4.ip_forward: 1\n"),
        service("    sysctls:\n      - kernel.core_pattern=|/x\n"),
      ],
      good: [service("    sysctls:\n      net.core.somaxconn: 1024\n")],
    },
  },
];
