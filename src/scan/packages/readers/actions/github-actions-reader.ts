/** Workflows and actions of GitHub: the actions, workflows and images that they use, and .NET that they set up. */
import type { PackageUse } from "#model/package-manifest.ts";
import { type Block, child, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemOfFormat, readByHand } from "../../reading/manifest-text.ts";
import { memberOf, membersOf, wordIn } from "../../reading/node-fields.ts";
import { packageUse } from "../../reading/package-use.ts";
import { dotnetSdk, dotnetVersion } from "../docker/dotnet-version.ts";
import { imageUses } from "../docker/image-use.ts";
import { usedAction } from "./used-action.ts";
import { blocksIn } from "./yaml-walk.ts";

const format = "GitHub Actions workflow";

const workflowReader: PackageReader = {
  format,
  ecosystem: "GitHub Actions",
  matches: (path) =>
    /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/i.test(path) || /(?:^|\/)action\.ya?ml$/i.test(path),
  alone: "always",
  read: (file) => readByHand(file, readWorkflow),
};

export const readers: readonly PackageReader[] = [workflowReader];

function readWorkflow(file: TextFile): PackagesRead {
  const { documents, problems } = readYaml(file);
  const root = documents[0]?.node;
  const jobs = membersOf(child(root, "jobs")).map(({ value }) => value);
  const packages = [...jobs.flatMap(jobUses), ...stepUses(child(child(root, "runs"), "steps")), ...actionImage(root)];
  const found = problems.map(problemOfFormat);
  if (packages.length === 0) return { manifests: [], problems: found };
  return {
    manifests: [{ path: file.path, format, ecosystem: "GitHub Actions", isLocked: false, packages }],
    problems: found,
  };
}

function jobUses(job: Node): readonly PackageUse[] {
  const uses = memberOf(job, "uses");
  const container = memberOf(job, "container");
  const services = membersOf(child(job, "services")).map(({ value }) => memberOf(value, "image"));
  const images = [container?.value.is === "block" ? memberOf(container.value, "image") : container, ...services];
  return [
    ...(uses ? usedAction(uses, "workflow") : []),
    ...images.flatMap((image) => {
      const text = wordIn(image?.value);
      return image && text !== undefined ? imageUses({ text, writtenAt: image.value.at, at: image.whole }) : [];
    }),
    ...stepUses(child(job, "steps")),
  ];
}

function stepUses(steps: Node | undefined): readonly PackageUse[] {
  if (steps?.is !== "list") return [];
  return blocksIn(steps).flatMap((step) => {
    const uses = memberOf(step, "uses");
    return uses ? [...usedAction(uses, "action"), ...dotnetOf(step)] : [];
  });
}

/** An action that is an image: `runs: { using: docker, image: docker://... }`. */
function actionImage(root: Node | undefined): readonly PackageUse[] {
  const image = memberOf(child(root, "runs"), "image");
  return image && /^docker:\/\//.test(wordIn(image.value) ?? "") ? usedAction(image, "action") : [];
}

/** The input may hold several versions, one in a line. */
function dotnetOf(step: Block): readonly PackageUse[] {
  if (!/^actions\/setup-dotnet@/.test(wordIn(child(step, "uses")) ?? "")) return [];
  const versions = memberOf(child(step, "with"), "dotnet-version");
  return (wordIn(versions?.value) ?? "").split(/\s+/).flatMap((text) => {
    const { version, requirement } = dotnetVersion(text);
    if (!versions || (version === undefined && requirement === undefined)) return [];
    const at = spanOf(versions.whole);
    return [
      packageUse({
        ecosystem: ".NET",
        name: dotnetSdk,
        version,
        requirement,
        at,
        relation: "direct",
        groups: ["build"],
      }),
    ];
  });
}
