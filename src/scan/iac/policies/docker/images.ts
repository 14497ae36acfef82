/** What images are built on, and how stages refer to one another. */
import { child, textOf } from "../../../formats/node.ts";
import { type Condition, value } from "../../condition.ts";
import { onEach } from "../../families/commands.ts";
import { type ImageName, isOpen, parseImageName } from "../../languages/dockerfile/image-name.ts";
import { docker, type Policy } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const links = ["https://docs.docker.com/build/building/best-practices/"] as const;

/** The image of a FROM, unless it is an earlier stage or nothing at all. */
function imageCondition(judge: (image: ImageName) => string | undefined): Condition {
  return (node) => {
    const image = child(node, "image");
    if (!image || child(node, "parent") || textOf(image) === "scratch") return passAt(node.at);
    const text = image.is === "unknown" ? image.text : textOf(image);
    const why = text === undefined ? undefined : judge(parseImageName(text));
    if (image.is === "unknown" && isOpen(text ?? "")) return unknownAt(image.at, image.reason);
    return why === undefined ? passAt(image.at) : failAt(image, why);
  };
}

const withVersion = imageCondition(({ tag, digest }) => {
  if (digest !== undefined) return undefined;
  if (tag === undefined) return "no version is named, which means latest";
  return tag === "latest" ? "latest is no version" : undefined;
});

const withDigest = imageCondition(({ digest }) => (digest === undefined ? "no digest is named" : undefined));

const notFromItself: Condition = (node) => {
  const from = child(child(node, "flags"), "from");
  const own = textOf(child(node, "stageName"));
  const same = own !== undefined && textOf(from)?.toLowerCase() === own;
  return same && from ? failAt(from, `this is the stage ${own} itself`) : passAt(node.at);
};

export const policies: readonly Policy[] = [
  {
    id: "iac/docker-image-without-version",
    aliases: ["CKV_DOCKER_7", "AVD-DS-0001"],
    title: "Base image without a version",
    severity: "medium",
    why: "latest is whatever was pushed last: a build can change, break or take in something hostile from one day to the next, and nobody can say what is in an older image.",
    fix: "Name a version (alpine:3.20), or better the digest of the image that was tested, and let an updater raise it.",
    links,
    controls: "supply-chain",
    on: { "docker:FROM": withVersion },
    examples: {
      bad: [
        docker("FROM alpine:latest\n"),
        docker("ARG TAG=latest\nFROM alpine:$TAG\n"),
        docker("FROM registry.example:5000/team/app\n"),
      ],
      good: [docker("FROM alpine:3.20 AS build\nFROM build\n"), docker("FROM scratch\n")],
    },
  },
  {
    id: "iac/docker-image-without-digest",
    aliases: [],
    title: "Base image is not pinned to a digest",
    severity: "low",
    why: "A tag can be moved to another image. Only the digest says that tomorrow's build stands on what was tested today.",
    fix: "Write the digest behind the version (alpine:3.20@sha256:...), and let an updater raise both.",
    links,
    controls: "supply-chain",
    on: { "docker:FROM": withDigest },
    examples: {
      bad: [docker("FROM alpine:3.20\n")],
      good: [docker(`FROM alpine:3.20@sha256:${"0".repeat(64)}\n`)],
    },
  },
  {
    id: "iac/docker-stage-name-given-twice",
    aliases: ["CKV_DOCKER_11", "AVD-DS-0012"],
    title: "Two stages have the same name",
    severity: "low",
    why: "COPY --from takes the files of one of the two stages, and it need not be the one that was meant.",
    fix: "Give each stage a name of its own.",
    links,
    controls: "image-hygiene",
    on: onEach(["FROM"], value("namesakes", { missing: "pass" }).is(0)),
    examples: {
      bad: [docker("FROM alpine:3.20 AS build\nFROM debian:12 AS build\n")],
      good: [docker("FROM alpine:3.20 AS build\nFROM debian:12 AS run\n")],
    },
  },
  {
    id: "iac/docker-stage-copies-from-itself",
    aliases: ["AVD-DS-0006"],
    title: "A stage copies from itself",
    severity: "low",
    why: "The builder refuses it, or takes an image of that name from a registry, which anybody may have put there.",
    fix: "Name the stage that has the files, or leave --from away.",
    links,
    controls: "image-hygiene",
    on: onEach(["COPY"], notFromItself),
    examples: {
      bad: [docker("FROM golang:1.23 AS build\nCOPY --from=build /app /app\n")],
      good: [docker("FROM golang:1.23 AS build\nFROM alpine:3.20\nCOPY --from=build /app /app\n")],
    },
  },
];
