/** The order of a Dockerfile: one command that counts, a health check, files where they belong. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Condition } from "../../condition.ts";
import { commandsIn, onEach } from "../../families/commands.ts";
import { docker, type Policy } from "../../policy.ts";
import { failAt, notApplicable, passAt, unknownAt, type Verdict } from "../../verdict.ts";

const reference = "https://docs.docker.com/reference/dockerfile/";
const nameOf = (body: Node) => textOf(child(body, "instruction")) ?? "";

/** Of several in one stage only the last one counts. */
function onlyOne(name: string): Policy["on"] {
  return onEach([name], (node) => {
    const last = child(node, "lastOfKind");
    return last?.is === "scalar" && last.value === false
      ? failAt(node, `a later ${name} in the same stage replaces this one`)
      : passAt(node.at);
  });
}

const hasHealthcheck: Condition = (node) => {
  const image = itemsOf(child(node, "image"));
  if (image.some((body) => nameOf(body) === "HEALTHCHECK")) return passAt(node.at);
  return failAt(image[0] ?? node, "there is no HEALTHCHECK");
};

const isHealthcheck: Condition = (node) => {
  const kind = child(node, "kind");
  return kind && textOf(kind) === "NONE" ? failAt(kind, "NONE switches health checks off") : passAt(node.at);
};

const absolute = /^(?:["']?(?:[/$\\%]|[A-Za-z]:))/;

const isAbsolute: Condition = (node) => {
  const [path] = itemsOf(child(node, "words"));
  if (!path) return passAt(node.at);
  if (path.is === "unknown") {
    if (path.text === undefined || path.text.startsWith("$")) return unknownAt(path.at, path.reason);
    return absolute.test(path.text) ? passAt(path.at) : failAt(path, "the path does not begin with a slash");
  }
  return absolute.test(textOf(path) ?? "") ? passAt(path.at) : failAt(path, "the path does not begin with a slash");
};

const onlyMoves: Condition = (node) => {
  const commands = commandsIn(node);
  const lost = commands.length > 0 && commands.every(({ program }) => program === "cd");
  return lost ? failAt(node, "the next instruction begins in the old folder again") : passAt(node.at);
};

const endsWithSlash: Condition = (node) => {
  const sources = itemsOf(child(node, "sources"));
  const destination = child(node, "destination");
  if (sources.length < 2 || !destination) return sources.length > 0 ? passAt(node.at) : notApplicable;
  const text = (destination.is === "unknown" ? destination.text : textOf(destination)) ?? "";
  if (/[/\\]$/.test(text) || text === ".") return passAt(destination.at);
  if (destination.is === "unknown") return unknownAt(destination.at, destination.reason);
  return failAt(destination, "several files need a folder, written with a slash at its end");
};

/** curl and wget in one stage; it is told of the file, as neither of the two is to blame. */
const oneDownloader: Condition = (node) => {
  for (const stage of itemsOf(child(node, "stages"))) {
    const verdict = downloadersOf(stage);
    if (verdict.is === "fail") return verdict;
  }
  return passAt(node.at);
};

function downloadersOf(stage: Node): Verdict {
  const runs = itemsOf(child(stage, "instructions")).filter((body) => nameOf(body) === "RUN");
  const commands = runs.flatMap(commandsIn);
  const curl = commands.find(({ program }) => program === "curl");
  const wget = commands.find(({ program }) => program === "wget");
  return curl && wget ? failAt(wget, "wget and curl are both used") : passAt(stage.at);
}

export const policies: readonly Policy[] = [
  {
    id: "iac/docker-without-healthcheck",
    aliases: ["CKV_DOCKER_2", "AVD-DS-0026"],
    title: "No health check",
    severity: "low",
    why: "A program that hangs, or that somebody brought to a halt, stays in service as long as its process is there.",
    fix: "Add HEALTHCHECK with a command that asks the program something. Kubernetes ignores it; give probes there.",
    links: [`${reference}#healthcheck`],
    controls: "availability",
    on: { "docker:file": hasHealthcheck, "docker:HEALTHCHECK": isHealthcheck },
    examples: {
      bad: [docker('FROM alpine:3.20\nCMD ["app"]\n'), docker("FROM alpine:3.20\nHEALTHCHECK NONE\n")],
      good: [docker("FROM alpine:3.20\nHEALTHCHECK CMD wget -q -O - http://localhost:8080/health\n")],
    },
  },
  {
    id: "iac/docker-several-healthchecks",
    aliases: ["AVD-DS-0023"],
    title: "Several health checks in one stage",
    severity: "low",
    why: "Only the last one counts, so what somebody wrote to notice a failure never runs.",
    fix: "Keep one HEALTHCHECK.",
    links: [`${reference}#healthcheck`],
    controls: "image-hygiene",
    on: onlyOne("HEALTHCHECK"),
    examples: {
      bad: [docker("FROM alpine:3.20\nHEALTHCHECK CMD /a\nHEALTHCHECK CMD /b\n")],
      good: [docker("FROM alpine:3.20\nHEALTHCHECK CMD /a\n")],
    },
  },
  {
    id: "iac/docker-several-commands",
    aliases: ["AVD-DS-0016"],
    title: "Several CMD in one stage",
    severity: "low",
    why: "Only the last one counts. What is started may not be what the reader of the file believes.",
    fix: "Keep one CMD.",
    links: [`${reference}#cmd`],
    controls: "image-hygiene",
    on: onlyOne("CMD"),
    examples: {
      bad: [docker('FROM alpine:3.20\nCMD ["a"]\nCMD ["b"]\n')],
      good: [docker('FROM alpine:3.20 AS a\nCMD ["a"]\nFROM alpine:3.20\nCMD ["b"]\n')],
    },
  },
  {
    id: "iac/docker-several-entrypoints",
    aliases: ["AVD-DS-0007"],
    title: "Several ENTRYPOINT in one stage",
    severity: "low",
    why: "Only the last one counts. What is started may not be what the reader of the file believes.",
    fix: "Keep one ENTRYPOINT.",
    links: [`${reference}#entrypoint`],
    controls: "image-hygiene",
    on: onlyOne("ENTRYPOINT"),
    examples: {
      bad: [docker('FROM alpine:3.20\nENTRYPOINT ["a"]\nENTRYPOINT ["b"]\n')],
      good: [docker('FROM alpine:3.20\nENTRYPOINT ["b"]\n')],
    },
  },
  {
    id: "iac/docker-names-maintainer",
    aliases: ["CKV_DOCKER_6", "AVD-DS-0022"],
    title: "The deprecated instruction MAINTAINER",
    severity: "low",
    why: "MAINTAINER is deprecated and cannot be read like other labels when somebody must be asked about an image.",
    fix: 'Write LABEL org.opencontainers.image.authors="..." instead.',
    links: [`${reference}#maintainer-deprecated`],
    controls: "governance",
    on: onEach(["MAINTAINER"], (node) => failAt(node, "MAINTAINER is deprecated")),
    examples: {
      bad: [docker("FROM alpine:3.20\nMAINTAINER team@shop.example\n")],
      good: [docker('FROM alpine:3.20\nLABEL org.opencontainers.image.authors="team@shop.example"\n')],
    },
  },
  {
    id: "iac/docker-relative-workdir",
    aliases: ["CKV_DOCKER_10", "AVD-DS-0009"],
    title: "WORKDIR with a relative path",
    severity: "low",
    why: "Where it leads depends on what stands before it and on the base image, so files can land where nobody expects them.",
    fix: "Write the whole path, beginning with a slash.",
    links: [`${reference}#workdir`],
    controls: "image-hygiene",
    on: onEach(["WORKDIR"], isAbsolute),
    examples: {
      bad: [docker("FROM alpine:3.20\nWORKDIR app\n")],
      good: [docker("FROM alpine:3.20\nENV HOME_OF=/srv\nWORKDIR $HOME_OF/$NAME\n")],
    },
  },
  {
    id: "iac/docker-run-only-moves",
    aliases: ["AVD-DS-0013"],
    title: "RUN cd has no effect on what follows",
    severity: "low",
    why: "Each RUN begins in WORKDIR again. What follows works in another folder than its author thinks.",
    fix: "Use WORKDIR, or put cd and what it is for into one RUN.",
    links: [`${reference}#workdir`],
    controls: "image-hygiene",
    on: onEach(["RUN"], onlyMoves),
    examples: {
      bad: [docker("FROM alpine:3.20\nRUN cd /srv\nRUN make\n")],
      good: [docker("FROM alpine:3.20\nWORKDIR /srv\nRUN cd app && make\n")],
    },
  },
  {
    id: "iac/docker-copies-several-files-to-no-folder",
    aliases: ["AVD-DS-0011"],
    title: "Several files are copied to what is not written as a folder",
    severity: "low",
    why: "The build breaks as soon as more than one file is found, and not where somebody would look for it.",
    fix: "End the destination with a slash.",
    links: [`${reference}#copy`],
    controls: "image-hygiene",
    on: { "docker:COPY": endsWithSlash },
    examples: {
      bad: [docker("FROM alpine:3.20\nCOPY package.json package-lock.json app\n")],
      good: [docker("FROM alpine:3.20\nCOPY package.json package-lock.json app/\n")],
    },
  },
  {
    id: "iac/docker-curl-and-wget",
    aliases: ["AVD-DS-0014"],
    title: "Both curl and wget are used",
    severity: "low",
    why: "Each program that fetches files is one more to patch, and one more tool for whoever breaks in.",
    fix: "Use one of the two, and do not install the other.",
    links: ["https://docs.docker.com/build/building/best-practices/"],
    controls: "image-hygiene",
    on: { "docker:file": oneDownloader },
    examples: {
      bad: [docker("FROM debian:12\nRUN wget https://files.example/a\nRUN curl -O https://files.example/b\n")],
      good: [docker("FROM debian:12\nRUN curl -O https://files.example/a\nRUN curl -O https://files.example/b\n")],
    },
  },
];
