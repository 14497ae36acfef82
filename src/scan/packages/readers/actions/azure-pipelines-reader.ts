/**
 * Azure Pipelines, known by their content whatever the file is called, templates included: tasks, repositories of
 * templates, images of containers, and .NET that a task installs. Templates are read as they are.
 */
import type { PackageUse } from "#model/package-manifest.ts";
import { type Block, child, itemsOf, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemOfFormat, readByHand, textByHand } from "../../reading/manifest-text.ts";
import { memberOf, unquoted, wordIn } from "../../reading/node-fields.ts";
import { packageUse } from "../../reading/package-use.ts";
import { dotnetPackage, dotnetVersion } from "../docker/dotnet-version.ts";
import { imageUses } from "../docker/image-use.ts";
import { blocksIn } from "./yaml-walk.ts";

const format = "Azure Pipelines";

/** Files in YAML that are something else by their name, and those that other readers read. */
const others =
  /(?:^|\/)(?:\.(?:github|gitlab|circleci|gitea|forgejo)(?:\/|-ci)|(?:action|pnpm-lock|pnpm-workspace|pubspec|stack|META|MYMETA|(?:[^/]*[-_.])?(?:environment|conda)(?:[-_.][^/]*)?|meta|dependabot|renovate|Chart|values[^/]*|\.yarnrc|\.pre-commit-config|mkdocs|kustomization)\.ya?ml$|[^/]*compose[^/]*\.ya?ml$|[^/]*\.spdx\.ya?ml$)/i;

const pipelinesReader: PackageReader = {
  format,
  ecosystem: "Azure Pipelines",
  matches: (path) => /\.ya?ml$/i.test(path) && !others.test(path),
  alone: "always",
  read: (file) => {
    const text = textByHand(file);
    return text && looksLikePipeline(text.text) ? readByHand(file, readPipeline) : { manifests: [], problems: [] };
  },
};

export const readers: readonly PackageReader[] = [pipelinesReader];

const own = /^(?:trigger|pr|pool|parameters|resources|variables|schedules|stages|jobs|phases|steps|extends)\s*:/m;
const item = /^[ \t]*(?:-[ \t]+)*(?:task\s*:\s*["']?[\w.-]+@\d|(?:container|image|repository)\s*:)/m;
/** Keys at the top of files that belong to something else: Kubernetes, GitHub, compose, GitLab, CircleCI, Concourse. */
const foreign =
  /^["']?(?:apiVersion|on|services|version|image|workflows|resource_types|openapi|swagger|AWSTemplateFormatVersion)["']?\s*:/m;

function looksLikePipeline(text: string): boolean {
  return own.test(text) && item.test(text) && !foreign.test(text);
}

function readPipeline(file: TextFile): PackagesRead {
  const { documents, problems } = readYaml(file);
  const root = documents[0]?.node;
  const resources = child(root, "resources");
  const packages = [
    ...itemsOf(child(resources, "repositories")).flatMap(repositoryUse),
    ...itemsOf(child(resources, "containers")).flatMap((one) => imageIn(one, "image")),
    ...blocksIn(root).flatMap((block) => [...taskUses(block), ...containerUses(block)]),
  ];
  const found = problems.map(problemOfFormat);
  if (packages.length === 0) return { manifests: [], problems: found };
  return {
    manifests: [{ path: file.path, format, ecosystem: "Azure Pipelines", isLocked: false, packages }],
    problems: found,
  };
}

/** `Name@2`, `publisher.extension.Name@2`, `Name@2.210.1`. A number alone is whichever release of it the server has. */
function taskUses(step: Block): readonly PackageUse[] {
  const task = memberOf(step, "task");
  const text = wordIn(task?.value) ?? "";
  const [, name, version = ""] = /^([\w.-]+)@(\d+(?:\.\d+){0,2})$/.exec(text) ?? [];
  if (!task || name === undefined) return [];
  const inside = unquoted(task.value.at);
  const isExact = /^\d+\.\d+\.\d+$/.test(version);
  const use = packageUse({
    ecosystem: "Azure Pipelines",
    name,
    version: isExact ? version : undefined,
    requirement: isExact ? undefined : version,
    at: spanOf(task.whole),
    versionAt: spanOf({ ...inside, start: inside.start + name.length + 1 }),
    relation: "direct",
    groups: ["task"],
  });
  return [use, ...dotnetOf(name, step)];
}

function dotnetOf(task: string, step: Block): readonly PackageUse[] {
  if (!/^(?:UseDotNet|DotNetCoreInstaller)$/.test(task)) return [];
  const inputs = child(step, "inputs");
  const written = memberOf(inputs, "version");
  const { version, requirement } = dotnetVersion(wordIn(written?.value) ?? "");
  if (!written || (version === undefined && requirement === undefined)) return [];
  return [
    packageUse({
      ecosystem: ".NET",
      name: dotnetPackage(wordIn(child(inputs, "packageType"))),
      version,
      requirement,
      at: spanOf(written.whole),
      versionAt: spanOf(unquoted(written.value.at)),
      relation: "direct",
      groups: ["build"],
    }),
  ];
}

/** Templates of another repository are code that runs in the pipeline. */
function repositoryUse(repository: Node): readonly PackageUse[] {
  const name = memberOf(repository, "name");
  const text = wordIn(name?.value);
  if (!name || text === undefined || text.includes("${{")) return [];
  const ref = memberOf(repository, "ref");
  const written = wordIn(ref?.value);
  const [, version] = /^refs\/tags\/(v?\d+\.\d+\.\d+\S*)$/.exec(written ?? "") ?? [];
  return [
    packageUse({
      ecosystem: "Azure Pipelines",
      name: text,
      version,
      requirement: version === undefined ? written : undefined,
      at: spanOf(repository.at),
      versionAt: ref && spanOf(unquoted(ref.value.at)),
      relation: "direct",
      groups: ["repository"],
      source: { is: "git", url: text },
    }),
  ];
}

/** A job's container is the name of a resource, an image, or a block with one. */
function containerUses(job: Block): readonly PackageUse[] {
  const container = memberOf(job, "container");
  if (!container) return [];
  if (container.value.is === "block") return imageIn(container.value, "image");
  // A name without tag or registry is that of a resource.
  return /[/:]/.test(wordIn(container.value) ?? "") ? imageIn(job, "container") : [];
}

function imageIn(block: Node, key: string): readonly PackageUse[] {
  const member = memberOf(block, key);
  const text = wordIn(member?.value);
  return member && text !== undefined ? imageUses({ text, writtenAt: member.value.at, at: member.whole }) : [];
}
