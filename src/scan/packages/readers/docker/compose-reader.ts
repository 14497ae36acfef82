/** Compose files: the images of services that are not built from the repository. */
import { child, type Node } from "../../../formats/node.ts";
import { expandVariables } from "../../../formats/shell-words/expand-variables.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import type { PackageReader } from "../../package-reader.ts";
import { problemOfFormat, readByHand } from "../../reading/manifest-text.ts";
import { membersOf, wordIn } from "../../reading/node-fields.ts";
import { type ImageFound, imageUses } from "./image-use.ts";

const format = "compose.yaml";

const composeReader: PackageReader = {
  format,
  ecosystem: "Docker",
  matches: (path) => /(?:^|\/)(?:[^/]+[._-])?(?:docker[._-]?)?compose(?:[._-][^/]*)?\.ya?ml$/i.test(path),
  alone: "always",
  read: (file) =>
    readByHand(file, (text) => {
      const { documents, problems } = readYaml(text);
      const packages = imagesOf(documents[0]?.node, text).flatMap(imageUses);
      const found = problems.map(problemOfFormat);
      if (packages.length === 0) return { manifests: [], problems: found };
      const manifest = { path: file.path, format, ecosystem: "Docker", isLocked: false, packages } as const;
      return { manifests: [manifest], problems: found };
    }),
};

export const readers: readonly PackageReader[] = [composeReader];

/** With `build` beside it, `image` is the name of what is built. */
function imagesOf(node: Node | undefined, file: TextFile): readonly ImageFound[] {
  return membersOf(child(node, "services")).flatMap(({ value }) => {
    const image = value.is === "block" ? value.get("image") : undefined;
    const written = wordIn(image?.value);
    if (!image || written === undefined || child(value, "build")) return [];
    const { text } = expandVariables(written, { lookup: () => undefined, escape: "$", quotes: false });
    return [{ text, writtenAt: { ...image.value.at, file }, at: image.whole }];
  });
}
