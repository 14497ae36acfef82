/** How packages of the distribution get into an image: current, few, and without remains. */
import { child } from "../../../formats/node.ts";
import type { Condition } from "../../condition.ts";
import { type Command, commandsIn, does, noCommand, onEach, option } from "../../families/commands.ts";
import { docker, type Policy } from "../../policy.ts";
import { failAt, notApplicable, passAt } from "../../verdict.ts";

const links = ["https://docs.docker.com/build/building/best-practices/#apt-get"] as const;

/** Programs whose "update" fetches only lists; that of yum and dnf installs newer packages. */
const listed = /^(?:apt|apt-get|aptitude|apk|zypper|pacman|opkg)$/;
const installs =
  /^(?:add|install|upgrade|dist-upgrade|full-upgrade|dist-upgrade|build-dep|source|download|fix|safe-upgrade)$/;

const updateAlone: Condition = (node) => {
  const commands = commandsIn(node);
  const update = commands.find(
    (command) =>
      listed.test(command.program) && (does(command, "update", "refresh", "ref") || command.plain[0] === "up"),
  );
  if (!update || commands.some((command) => isInstalling(command))) return passAt(node.at);
  return failAt(update, "the lists are fetched in a layer of their own");
};

function isInstalling({ program, plain, words }: Command): boolean {
  if (/^(?:gdebi|dpkg|pip[\d.]*|apt-file|apt-cache|apt-rdepends|tasksel|dselect|mk-build-deps)$/.test(program))
    return true;
  if (listed.test(program))
    return plain.some((word) => installs.test(word)) || words.some(({ text }) => /^-S/.test(text));
  // A script that is called may install whatever it likes.
  return /\.sh$/.test(program) || /^(?:ba|da)?sh$/.test(program);
}

const isAptInstall = (command: Command) => command.program === "apt-get" && does(command, "install");
const mountsCache = /^type=cache\b/;

const leavesCache: Condition = (node) => {
  const mount = child(child(node, "flags"), "mount");
  const commands = commandsIn(node);
  for (const command of commands) {
    if (!fillsCache(command) || commands.some((other) => empties(other, command.program))) continue;
    const isMounted = mount?.is === "scalar" && mountsCache.test(String(mount.value));
    if (!isMounted) return failAt(command, `${command.program} leaves its cache in the layer`);
  }
  return passAt(node.at);
};

function fillsCache(command: Command): boolean {
  const { program } = command;
  if (/^(?:yum|t?dnf5?|microdnf|zypper)$/.test(program)) return does(command, "install", "in");
  return program === "apk" && does(command, "add") && !option(command, "--no-cache");
}

function empties(command: Command, program: string): boolean {
  if (command.program === program || (/dnf/.test(program) && /dnf/.test(command.program))) {
    return does(command, "clean", "cc");
  }
  const folder = program === "apk" ? /\/var\/cache\/apk/ : /\/var\/cache(?:\/(?:yum|dnf|tdnf|libdnf5|zypp)|\/\*|\/?$)/;
  return command.program === "rm" && command.words.some(({ text }) => folder.test(text));
}

export const policies: readonly Policy[] = [
  {
    id: "iac/docker-update-alone",
    aliases: ["CKV_DOCKER_5", "AVD-DS-0017"],
    title: "Package lists are updated in a step of their own",
    severity: "low",
    why: "The step is cached. Later builds install from old lists, and so old packages with known vulnerabilities.",
    fix: "Put update and install into one RUN: apt-get update && apt-get install -y ...",
    links,
    controls: "patching",
    on: onEach(["RUN"], updateAlone),
    examples: {
      bad: [docker("FROM debian:12\nRUN apt-get update\nRUN apt-get install -y git\n")],
      good: [docker("FROM debian:12\nRUN apt-get update && apt-get install -y git\n")],
    },
  },
  {
    id: "iac/docker-uses-apt",
    aliases: ["CKV_DOCKER_9"],
    title: "apt is used instead of apt-get",
    severity: "low",
    why: "apt is made for people at a terminal: it warns that its ways may change, so a build can break or do something else.",
    fix: "Write apt-get (or apt-cache) instead.",
    links,
    controls: "image-hygiene",
    on: onEach(
      ["RUN"],
      noCommand(({ program }) => program === "apt", "apt has no stable interface for scripts"),
    ),
    examples: {
      bad: [docker("FROM debian:12\nRUN apt install -y git\n")],
      good: [docker("FROM debian:12\nRUN apt-get install -y git && rm -rf /var/lib/apt/lists/*\n")],
    },
  },
  {
    id: "iac/docker-apt-asks",
    aliases: ["AVD-DS-0021"],
    title: "apt-get install waits for an answer",
    severity: "low",
    why: "Nobody answers in a build: it ends with an error, or stays without the update that it should bring.",
    fix: "Add -y, or -qq.",
    links,
    controls: "image-hygiene",
    on: {
      "docker:RUN": noCommand(
        (command) => isAptInstall(command) && !isAnswered(command),
        "neither -y nor another answer is given",
      ),
    },
    examples: {
      bad: [docker("FROM debian:12\nRUN apt-get update && apt-get install git\n")],
      good: [docker("FROM debian:12\nRUN apt-get update && apt-get install -qqy git\n")],
    },
  },
  {
    id: "iac/docker-apt-installs-recommended",
    aliases: ["AVD-DS-0029"],
    title: "apt-get installs more than was asked for",
    severity: "low",
    why: "Recommended packages make the image larger and bring programs, and their vulnerabilities, that nobody needs.",
    fix: "Add --no-install-recommends, and name what is really needed.",
    links,
    controls: "image-hygiene",
    on: {
      "docker:RUN": (node, resource) =>
        commandsIn(node).some(isAptInstall) ? withoutRecommended(node, resource) : notApplicable,
    },
    examples: {
      bad: [docker("FROM debian:12\nRUN apt-get update && apt-get install -y git\n")],
      good: [docker("FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends git\n")],
    },
  },
  {
    id: "iac/docker-upgrades-distribution",
    aliases: ["AVD-DS-0024"],
    title: "The build moves to another release of the distribution",
    severity: "medium",
    why: "dist-upgrade may remove packages and change the release: the image is no longer what its base image says.",
    fix: "Build on a newer base image instead.",
    links,
    controls: "image-hygiene",
    on: {
      "docker:RUN": noCommand(
        (command) =>
          /^(?:apt|apt-get|aptitude)$/.test(command.program) && does(command, "dist-upgrade", "full-upgrade"),
        "this changes the release under the base image",
      ),
    },
    examples: {
      bad: [docker("FROM debian:12\nRUN apt-get update && apt-get dist-upgrade -y\n")],
      good: [docker("FROM debian:12\nRUN apt-get update && apt-get upgrade -y\n")],
    },
  },
  {
    id: "iac/docker-leaves-package-cache",
    aliases: ["AVD-DS-0015", "AVD-DS-0019", "AVD-DS-0020", "AVD-DS-0025"],
    title: "The cache of the package manager stays in the image",
    severity: "low",
    why: "The image grows by files that nobody needs, and scanners find packages in them that are not installed.",
    fix: "End the same RUN with clean (yum clean all, dnf clean all, zypper clean), or use apk add --no-cache.",
    links,
    controls: "image-hygiene",
    on: { "docker:RUN": leavesCache },
    examples: {
      bad: [docker("FROM fedora:40\nRUN dnf install -y git\n"), docker("FROM alpine:3.20\nRUN apk add git\n")],
      good: [
        docker("FROM fedora:40\nRUN dnf install -y git && dnf clean all\n"),
        docker("FROM alpine:3.20\nRUN apk add --no-cache git\n"),
      ],
    },
  },
];

const withoutRecommended = noCommand(
  (command, all) =>
    isAptInstall(command) &&
    !option(command, "--no-install-recommends") &&
    !all.some(({ text }) => /APT::Install-Recommends["']?[\s=]+["']?(?:false|0|no)/i.test(text)),
  "recommended packages are installed too",
);

function isAnswered({ words, startedBy, pipedFrom, text }: Command): boolean {
  const yes = words.some(({ text: word }) =>
    /^-[a-zA-Z]*y|^-[a-zA-Z]*q[a-zA-Z]*q|^--(?:yes|assume-yes|force-yes|simulate|download-only)$|^-q=2$/.test(word),
  );
  return yes || pipedFrom.includes("yes") || /APT::Get::Assume-Yes/i.test(text) || startedBy.includes("yes");
}
