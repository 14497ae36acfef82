/** Who a container runs as, and what its users may do. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Condition } from "../../condition.ts";
import { type Command, noCommand, type Word } from "../../families/commands.ts";
import { docker, type Policy } from "../../policy.ts";
import { failAt, notApplicable, passAt, unknownAt } from "../../verdict.ts";

const links = ["https://docs.docker.com/build/building/best-practices/#user"] as const;

/** Images that name their unprivileged user themselves. */
const startsUnprivileged = /nonroot|non-root|rootless|unprivileged/i;

/** The image gets a user at all; whether that one is root is asked of the instruction. */
const hasUser: Condition = (node) => {
  const image = itemsOf(child(node, "image"));
  if (image.some((body) => textOf(child(body, "instruction")) === "USER")) return passAt(node.at);
  const from = child(image[0], "image");
  const name = from?.is === "unknown" ? from.text : textOf(from);
  if (startsUnprivileged.test(name ?? "")) return passAt(node.at);
  return failAt(
    from?.at ?? node.at,
    "no USER is named, so the container runs as the user of its base image, mostly root",
  );
};

const isNotRoot: Condition = (node) => {
  const [user] = itemsOf(child(node, "words"));
  if (!user || isFalse(child(node, "inImage")) || isFalse(child(node, "lastOfKind"))) return notApplicable;
  if (user.is === "unknown" && !/^[^$:]+:/.test(user.text ?? "")) return unknownAt(user.at, user.reason);
  const name = (user.is === "unknown" ? user.text : textOf(user)) ?? "";
  return /^(?:root|0+)(?::|$)/i.test(name.trim()) ? failAt(user, "the last user is root") : passAt(user.at);
};

function isFalse(node: Node | undefined): boolean {
  return node?.is === "scalar" && node.value === false;
}

const worldWritable = /^0?[0-7]?[0-7][0-7][2367]$/;

function opensToAll({ program, words, plain }: Command): Word | boolean | undefined {
  if (program === "install" || program === "mkdir") {
    const mode = words.findIndex(({ text }) => text === "-m" || text === "--mode");
    const word = mode < 0 ? undefined : words[mode + 1];
    return word && worldWritable.test(word.text) && !word.text.startsWith("1") ? word : undefined;
  }
  if (program !== "chmod" || plain.some((text) => /^\/?(?:var\/)?tmp\/?$/.test(text.replace(/^\//, ""))))
    return undefined;
  // With the sticky bit (1777) nobody can replace what belongs to others.
  return words.find(
    ({ text }) =>
      (worldWritable.test(text) && !/^0?1[0-7]{3}$/.test(text)) || /^(?:[ug]*[oa][ugoa]*|)\+[rxX]*w[rwxX]*$/.test(text),
  );
}

const copiedForAll: Condition = (node) => {
  const mode = child(child(node, "flags"), "chmod");
  return worldWritable.test(textOf(mode) ?? "") && mode
    ? failAt(mode, "everybody may change these files")
    : passAt(node.at);
};

function setsUid({ program, words }: Command): Word | undefined {
  if (program !== "chmod") return undefined;
  return words.find(({ text }) => /^0?[4-7][0-7]{3}$/.test(text) || /^[ugoa]*[+=][rwxX]*s[rwxXs]*$/.test(text));
}

export const policies: readonly Policy[] = [
  {
    id: "iac/docker-runs-as-root",
    aliases: ["CKV_DOCKER_3", "CKV_DOCKER_8", "AVD-DS-0002"],
    title: "The container runs as root",
    severity: "medium",
    why: "Who breaks into the program is root in the container: free to change everything in it, and one kernel flaw or careless mount away from the host.",
    fix: "Create a user, give it what the program must write, and end the last stage with USER and that user (a number, so that an orchestrator can check it).",
    links,
    controls: "privileged-workload",
    on: { "docker:file": hasUser, "docker:USER": isNotRoot },
    examples: {
      bad: [docker('FROM alpine:3.20\nCMD ["app"]\n'), docker("FROM alpine:3.20\nUSER app\nUSER root\n")],
      good: [docker("FROM alpine:3.20\nUSER root\nRUN adduser -D app\nUSER app\n")],
    },
  },
  {
    id: "iac/docker-uses-sudo",
    aliases: ["CKV2_DOCKER_1", "AVD-DS-0010"],
    title: "sudo is used while building",
    severity: "low",
    why: "A build is root already, or changes its user with USER. An installed sudo stays in the image, where it helps whoever breaks in.",
    fix: "Put USER root before the commands that need it and the unprivileged USER behind them, and do not install sudo.",
    links,
    controls: "least-privilege",
    on: {
      "docker:RUN": noCommand(
        ({ startedBy, program }) => startedBy.includes("sudo") || program === "sudo",
        "the command is run with sudo",
      ),
    },
    examples: {
      bad: [docker("FROM alpine:3.20\nRUN sudo pip install flask\n")],
      good: [docker("FROM alpine:3.20\nRUN apk add --no-cache sudoku\n")],
    },
  },
  {
    id: "iac/docker-sudo-without-password",
    aliases: [],
    title: "A user may become root without a password",
    severity: "medium",
    why: "With NOPASSWD the unprivileged user of the image is root in all but name.",
    fix: "Remove the rule for sudo, and do what needs root before the last USER.",
    links,
    controls: "least-privilege",
    on: {
      "docker:RUN": noCommand(
        ({ words }) => words.find(({ text }) => /\bNOPASSWD\s*:/.test(text)),
        "NOPASSWD lets sudo ask for nothing",
      ),
    },
    examples: {
      bad: [docker("FROM debian:12\nRUN echo 'app ALL=(ALL) NOPASSWD: ALL' >> /etc/sudoers\n")],
      good: [docker("FROM debian:12\nRUN useradd --system app\n")],
    },
  },
  {
    id: "iac/docker-sets-password",
    aliases: ["CKV2_DOCKER_17"],
    title: "A password is set while building",
    severity: "medium",
    why: "The password stands in the Dockerfile and in the history of the image, and it is the same in every container.",
    fix: "Do not give users of an image passwords. Where somebody must sign in, let the container take keys when it starts.",
    links,
    controls: "secret-handling",
    on: {
      "docker:RUN": noCommand(
        ({ program, words }) =>
          program === "chpasswd" ||
          (program === "usermod" || program === "useradd"
            ? words.find(({ text }) => text === "-p" || text.startsWith("--password"))
            : undefined),
        "a password is given to a user",
      ),
    },
    examples: {
      bad: [docker('FROM debian:12\nRUN echo "app:$PASSWORD" | chpasswd\n')],
      good: [docker("FROM debian:12\nRUN useradd --system app\n")],
    },
  },
  {
    id: "iac/docker-files-writable-for-all",
    aliases: [],
    title: "Files that everybody may change",
    severity: "low",
    why: "Any process in the container, whoever it runs as, can replace programs and settings that others then use.",
    fix: "Give the files to the user that needs them (COPY --chown, chown) and keep the mode at 755 or 644.",
    links,
    controls: "least-privilege",
    on: {
      "docker:RUN": noCommand(opensToAll, "everybody may change these files"),
      "docker:COPY": copiedForAll,
      "docker:ADD": copiedForAll,
    },
    examples: {
      bad: [
        docker("FROM alpine:3.20\nRUN chmod -R 777 /app\n"),
        docker("FROM alpine:3.20\nCOPY --chmod=777 app /app\n"),
      ],
      good: [docker("FROM alpine:3.20\nRUN chmod 1777 /scratch && chmod -R 755 /app\n")],
    },
  },
  {
    id: "iac/docker-sets-uid-bit",
    aliases: [],
    title: "A program is made to run as its owner",
    severity: "medium",
    why: "A program with the setuid bit that belongs to root is the classic way from an unprivileged user to root.",
    fix: "Leave the bit away; give the one capability that is needed with setcap, or do the work before the last USER.",
    links,
    controls: "least-privilege",
    on: { "docker:RUN": noCommand(setsUid, "the setuid or setgid bit is set") },
    examples: {
      bad: [
        docker("FROM alpine:3.20\nRUN chmod u+s /usr/bin/tool\n"),
        docker("FROM alpine:3.20\nRUN chmod 4755 /usr/bin/tool\n"),
      ],
      good: [docker("FROM alpine:3.20\nRUN chmod 0755 /usr/bin/tool && chmod u-s /bin/mount\n")],
    },
  },
  {
    id: "iac/docker-build-without-sandbox",
    aliases: [],
    title: "A build step runs without its sandbox",
    severity: "high",
    why: "With --security=insecure the step has all rights on the machine that builds; a changed package or script takes that machine over.",
    fix: "Remove --security=insecure. Build what needs such rights in a job of its own on a machine that is thrown away.",
    links: ["https://docs.docker.com/reference/dockerfile/#run---security"],
    controls: "privileged-workload",
    on: {
      "docker:RUN": (node) => {
        const security = child(child(node, "flags"), "security");
        return security && textOf(security) === "insecure"
          ? failAt(security, "the step runs with all rights on the builder")
          : passAt(node.at);
      },
    },
    examples: {
      bad: [docker("FROM alpine:3.20\nRUN --security=insecure mount /dev/sda1 /mnt\n")],
      good: [docker("FROM alpine:3.20\nRUN --mount=type=cache,target=/root/.cache make\n")],
    },
  },
  {
    id: "iac/docker-build-in-host-network",
    aliases: [],
    title: "A build step uses the network of the host",
    severity: "medium",
    why: "The step, and every script of a package that it runs, reaches services that the builder keeps to itself.",
    fix: "Remove --network=host; copy in what the step fetches from the host.",
    links: ["https://docs.docker.com/reference/dockerfile/#run---network"],
    controls: "workload-isolation",
    on: {
      "docker:RUN": (node) => {
        const network = child(child(node, "flags"), "network");
        return network && textOf(network) === "host"
          ? failAt(network, "the step shares the network of the builder")
          : passAt(node.at);
      },
    },
    examples: {
      bad: [docker("FROM alpine:3.20\nRUN --network=host make\n")],
      good: [docker("FROM alpine:3.20\nRUN --network=none make\n")],
    },
  },
];
