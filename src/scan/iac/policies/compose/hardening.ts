/** Containers of a compose file have no more rights and no more of the machine than they need. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import { anyOf, type Condition, value } from "../../condition.ts";
import { compose, type Policy } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const reference = "https://docs.docker.com/reference/compose-file/services/";
const service = (text: string) => compose(`services:\n  web:\n    image: nginx:1.27\n${text}`);

const dangerous = new Set(
  (
    "ALL SYS_ADMIN SYS_MODULE SYS_PTRACE SYS_RAWIO SYS_BOOT SYS_TIME NET_ADMIN DAC_READ_SEARCH DAC_OVERRIDE BPF PERFMON" +
    " SYSLOG MAC_ADMIN MAC_OVERRIDE CHECKPOINT_RESTORE"
  ).split(" "),
);

const noDangerousCapability: Condition = (node) => {
  for (const one of itemsOf(child(node, "cap_add"))) {
    const name = (textOf(one) ?? "").toUpperCase().replace(/^CAP_/, "");
    if (dangerous.has(name)) return failAt(one, `${name} leads to rights on the host`);
  }
  return passAt(node.at);
};

const dropsAll: Condition = (node) => {
  const dropped = child(node, "cap_drop");
  if (itemsOf(dropped).some((one) => /^(?:cap_)?all$/i.test(textOf(one) ?? ""))) return passAt(dropped?.at ?? node.at);
  return missing(node, dropped, "cap_drop does not name ALL");
};

const noNewPrivileges: Condition = (node) => {
  const options = child(node, "security_opt");
  const found = itemsOf(options).find((one) => /^no-new-privileges(?:[:=]true)?$/.test(textOf(one) ?? ""));
  return found ? passAt(found.at) : missing(node, options, "no-new-privileges is not set");
};

/** What a file of parts does not say, another one may. */
function missing(node: Node, there: Node | undefined, why: string): ReturnType<Condition> {
  if (node.is === "block" && node.open !== undefined) return unknownAt(node.at, node.open);
  return failAt(there ?? node, why);
}

const notRoot: Condition = (node) => {
  const user = child(node, "user");
  if (!user) return passAt(node.at);
  if (user.is === "unknown") return unknownAt(user.at, user.reason);
  const name = user.is === "scalar" ? String(user.value) : "";
  return /^(?:root|0+)(?::|$)/i.test(name) ? failAt(user, "the container is started as root") : passAt(user.at);
};

const hasHealthcheck: Condition = (node) => {
  const healthcheck = child(node, "healthcheck");
  const [first] = itemsOf(child(healthcheck, "test"));
  const disabled = child(healthcheck, "disable");
  if ((disabled?.is === "scalar" && disabled.value === true) || textOf(first) === "NONE") {
    return failAt(healthcheck ?? node, "the health check is switched off");
  }
  return healthcheck ? passAt(healthcheck.at) : missing(node, undefined, "there is no health check");
};

const endlessRestart: Condition = (node) => {
  const restart = textOf(child(node, "restart"));
  const policy = child(child(node, "deploy"), "restart_policy");
  const tries = child(policy, "max_attempts");
  const at = (child(node, "restart") ?? policy)?.at ?? node.at;
  const isEndless = restart === "on-failure" || (textOf(child(policy, "condition")) === "on-failure" && !tries);
  return isEndless ? failAt(at, "no number of attempts is given") : passAt(at);
};

const boundedProcesses: Condition = (node) => {
  const limits = child(node, "ulimits");
  for (const name of ["nproc", "core"]) {
    const limit = child(limits, name);
    const hard = limit?.is === "block" ? child(limit, "hard") : limit;
    if (hard?.is === "scalar" && Number(hard.value) === -1) return failAt(hard, `${name} has no limit`);
  }
  return passAt(node.at);
};

export const policies: readonly Policy[] = [
  {
    id: "iac/compose-dangerous-capability",
    aliases: [],
    title: "A capability that leads to the host",
    severity: "high",
    why: "With capabilities such as SYS_ADMIN a break-in into the container becomes one into the host.",
    fix: "Remove the capability. Add only the one that the program asks for, and none of these.",
    links: [`${reference}#cap_add`],
    controls: "privileged-workload",
    on: { "compose:service": noDangerousCapability },
    examples: {
      bad: [service("    cap_add:\n      - SYS_ADMIN\n")],
      good: [service("    cap_add:\n      - NET_BIND_SERVICE\n")],
    },
  },
  {
    id: "iac/compose-keeps-capabilities",
    aliases: [],
    title: "Capabilities are not dropped",
    severity: "low",
    why: "Docker gives each container about a dozen capabilities that most programs never use, and that an attacker does.",
    fix: "Write cap_drop: [ALL], and add with cap_add what the program then lacks.",
    links: [`${reference}#cap_drop`],
    controls: "least-privilege",
    on: { "compose:service": dropsAll },
    examples: { bad: [service("    cap_drop: [MKNOD]\n")], good: [service("    cap_drop: [ALL]\n")] },
  },
  {
    id: "iac/compose-allows-new-privileges",
    aliases: [],
    title: "Programs may gain privileges",
    severity: "low",
    why: "A program with the setuid bit makes an unprivileged user of the container root.",
    fix: "Add no-new-privileges:true to security_opt.",
    links: [`${reference}#security_opt`],
    controls: "least-privilege",
    on: { "compose:service": noNewPrivileges },
    examples: {
      bad: [service("    security_opt:\n      - no-new-privileges:false\n")],
      good: [service("    security_opt:\n      - no-new-privileges:true\n")],
    },
  },
  {
    id: "iac/compose-runs-as-root",
    aliases: [],
    title: "A container is started as root",
    severity: "medium",
    why: "Who breaks into the program is root in the container, one kernel flaw or careless mount away from the host.",
    fix: "Name an unprivileged user, or leave user away if the image has one.",
    links: [`${reference}#user`],
    controls: "privileged-workload",
    on: { "compose:service": notRoot },
    examples: { bad: [service("    user: root\n"), service("    user: 0:0\n")], good: [service('    user: "1000"\n')] },
  },
  {
    id: "iac/compose-writable-root",
    aliases: [],
    title: "The files of a container can be changed",
    severity: "low",
    why: "Who breaks in can replace programs and bring tools along. With a read-only file system there is no place for them.",
    fix: "Write read_only: true, and name under tmpfs and volumes where the program must write.",
    links: [`${reference}#read_only`],
    controls: "workload-hardening",
    on: { "compose:service": value("read_only").is(true) },
    examples: { bad: [service("    read_only: false\n")], good: [service("    read_only: true\n")] },
  },
  {
    id: "iac/compose-without-memory-limit",
    aliases: [],
    title: "Memory is not limited",
    severity: "low",
    why: "One container with a leak, or under attack, takes the memory of all others on the machine.",
    fix: "Set deploy.resources.limits.memory (or mem_limit).",
    links: [`${reference}#mem_limit`],
    controls: "resource-limits",
    on: { "compose:service": anyOf(value("deploy.resources.limits.memory").exists(), value("mem_limit").exists()) },
    examples: { bad: [service("    cpus: 1\n")], good: [service("    mem_limit: 256m\n")] },
  },
  {
    id: "iac/compose-without-processor-limit",
    aliases: [],
    title: "Processor time is not limited",
    severity: "low",
    why: "One container in a loop, or put to work by an attacker, takes the time of all others on the machine.",
    fix: "Set deploy.resources.limits.cpus (or cpus).",
    links: [`${reference}#cpus`],
    controls: "resource-limits",
    on: {
      "compose:service": anyOf(
        value("deploy.resources.limits.cpus").exists(),
        value("cpus").exists(),
        value("cpu_quota").exists(),
        value("cpuset").exists(),
      ),
    },
    examples: { bad: [service("    mem_limit: 256m\n")], good: [service("    cpus: 0.5\n")] },
  },
  {
    id: "iac/compose-without-process-limit",
    aliases: [],
    title: "The number of processes is not limited",
    severity: "low",
    why: "A container that starts processes without end stops the whole machine.",
    fix: "Set pids_limit (or deploy.resources.limits.pids) to what the program needs.",
    links: [`${reference}#pids_limit`],
    controls: "resource-limits",
    on: {
      "compose:service": anyOf(
        value("deploy.resources.limits.pids", { edit: false }).atLeast(1),
        value("pids_limit", { edit: false }).atLeast(1),
      ),
    },
    examples: { bad: [service("    pids_limit: -1\n")], good: [service("    pids_limit: 200\n")] },
  },
  {
    id: "iac/compose-unlimited-processes",
    aliases: [],
    title: "A limit of the user is taken away",
    severity: "low",
    why: "Without a limit for processes or core files one container can stop or fill the machine.",
    fix: "Give nproc and core a number under ulimits.",
    links: [`${reference}#ulimits`],
    controls: "resource-limits",
    on: { "compose:service": boundedProcesses },
    examples: {
      bad: [service("    ulimits:\n      nproc: -1\n")],
      good: [service("    ulimits:\n      nproc: 500\n      memlock: -1\n")],
    },
  },
  {
    id: "iac/compose-keeps-running-without-memory",
    aliases: [],
    title: "A container is not ended when memory runs out",
    severity: "low",
    why: "With oom_kill_disable the machine ends other programs, or stands still, for the sake of one container.",
    fix: "Remove oom_kill_disable, and give the container a limit for its memory.",
    links: [`${reference}#oom_kill_disable`],
    controls: "resource-limits",
    on: { "compose:service": value("oom_kill_disable", { missing: "pass" }).not(true) },
    examples: { bad: [service("    oom_kill_disable: true\n")], good: [service("    mem_limit: 256m\n")] },
  },
  {
    id: "iac/compose-without-healthcheck",
    aliases: [],
    title: "No health check",
    severity: "low",
    why: "A program that hangs stays in service, and what depends on it is started too early.",
    fix: "Add healthcheck with a test, unless the image brings one of its own.",
    links: [`${reference}#healthcheck`],
    controls: "availability",
    on: { "compose:service": hasHealthcheck },
    examples: {
      bad: [service("    healthcheck:\n      disable: true\n")],
      good: [service("    healthcheck:\n      test: [CMD, wget, -qO-, http://localhost/]\n")],
    },
  },
  {
    id: "iac/compose-restarts-forever",
    aliases: [],
    title: "A failing container is restarted without end",
    severity: "low",
    why: "A program that fails on every start, or that an attacker makes fail, keeps the machine busy and nobody is told.",
    fix: "Give a number: restart: on-failure:5, or deploy.restart_policy.max_attempts.",
    links: [`${reference}#restart`],
    controls: "resource-limits",
    on: { "compose:service": endlessRestart },
    examples: { bad: [service("    restart: on-failure\n")], good: [service("    restart: on-failure:5\n")] },
  },
  {
    id: "iac/compose-without-logs",
    aliases: [],
    title: "The output of a container is thrown away",
    severity: "low",
    why: "After an attack nobody can say what happened in the container.",
    fix: "Name a driver that keeps the output: local, journald, or that of your log system.",
    links: [`${reference}#logging`],
    controls: "logging",
    on: { "compose:service": value("logging.driver", { missing: "pass" }).not("none") },
    examples: {
      bad: [service("    logging:\n      driver: none\n")],
      good: [service("    logging:\n      driver: local\n")],
    },
  },
];
