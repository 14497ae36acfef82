/** `build.sbt.lock`: what sbt-dependency-lock wrote down, with the configurations of each. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { listOf, objectOf, wordOf, wordsOf } from "../../reading/json-fields.ts";
import { brokenAmong, type JsonSlice, jsonValue, placeOfSlice, slicesOf } from "../../reading/json-slices.ts";
import { brokenAt, readAsText } from "../../reading/manifest-text.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "build.sbt.lock",
    ecosystem: "Maven",
    matches: (path) => path.endsWith(".sbt.lock"),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];

function read(file: TextFile): PackagesRead {
  const { slices, trouble } = slicesOf(file.text);
  const list = slices.find(({ key }) => key === "dependencies");
  const inner = list ? slicesOf(file.text, list.start, list.end) : { slices: [] };
  const among = inner.trouble ?? trouble ?? brokenAmong(file.text, inner.slices);
  const problem = among ?? (list || file.text.trim() === "" ? undefined : { at: 0, expected: '"dependencies"' });
  return {
    manifests: [
      {
        path: file.path,
        format: "build.sbt.lock",
        ecosystem: "Maven",
        isLocked: true,
        packages: inner.slices.flatMap((slice) => packageOf(file, slice) ?? []),
      },
    ],
    problems: problem ? [brokenAt(file, "build.sbt.lock", problem)] : [],
  };
}

function packageOf(file: TextFile, slice: JsonSlice): PackageUse | undefined {
  const entry = objectOf(jsonValue(file.text.slice(slice.start, slice.end)));
  const [group, name, version] = [wordOf(entry?.org), wordOf(entry?.name), wordOf(entry?.version)];
  if (!entry || group === undefined || name === undefined) return undefined;
  const groups = wordsOf(entry.configurations);
  const hashes = listOf(entry.artifacts).flatMap((artifact) => wordOf(objectOf(artifact)?.hash) ?? []);
  const [integrity] = hashes.length === 1 ? hashes : [];
  return {
    ecosystem: "Maven",
    name: `${group}:${name}`,
    ...(version === undefined ? {} : { version }),
    at: spanOf(placeOfSlice(file, slice)),
    relation: "unknown",
    isDevelopment: groups.length > 0 && groups.every((one) => /test|^it$|scala-tool|plugin/i.test(one)),
    ...(groups.length > 0 ? { groups } : {}),
    ...(integrity === undefined ? {} : { integrity }),
  };
}
