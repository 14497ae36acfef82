/** `ivy.xml` of Apache Ivy, and `.mvn/extensions.xml`, whose packages run inside of Maven itself. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readXml } from "../../../formats/xml/read-xml.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../../../formats/xml/xml-element.ts";
import { nothingRead, type PackageReader, type PackagesRead } from "../../package-reader.ts";
import { notLocked, problemOfFormat, readByHand } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { packageUse } from "../../reading/package-use.ts";
import { exactMavenVersion } from "./maven-version.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "ivy.xml",
    ecosystem: "Maven",
    matches: (path) => path.endsWith("ivy.xml") && /(?:^|\/)(?:[^/]+[-.])?ivy\.xml$/.test(path),
    alone: "always",
    read: (file) => readByHand(file, readIvy),
  },
  {
    format: "extensions.xml",
    ecosystem: "Maven",
    matches: (path) => path.endsWith("extensions.xml") && /(?:^|\/)\.mvn\/extensions\.xml$/.test(path),
    alone: "always",
    read: (file) => readByHand(file, readExtensions),
  },
];

function readIvy(file: TextFile): PackagesRead {
  const { root, problems } = readXml(file);
  const found = problems.map(problemOfFormat);
  if (root?.name !== "ivy-module") return { ...nothingRead, problems: found };
  const dependencies = childrenOf(childOf(root, "dependencies"), "dependency");
  const packages = merged(dependencies.flatMap((element) => ivyPackage(element) ?? []));
  return {
    manifests: [{ path: file.path, format: "ivy.xml", ecosystem: "Maven", isLocked: false, packages }],
    problems: packages.length === 0 ? found : [...found, notLocked(file, "exact versions")],
  };
}

function ivyPackage(element: XmlElement): PackageUse | undefined {
  const word = (key: string) => attributeOf(element, key)?.value.trim();
  const [group, name] = [word("org"), word("name")];
  if (!group || !name) return undefined;
  const revision = attributeOf(element, "rev");
  // `conf="test->default"`: what is on the left is the project's own.
  const groups = (word("conf") ?? "")
    .split(/[;,]/)
    .map((one) => one.replace(/->.*$/s, "").trim())
    .filter((one) => one !== "" && one !== "*");
  return mavenUse(element, `${group}:${name}`, revision, {
    groups,
    isDevelopment: groups.length > 0 && groups.every((one) => /test/i.test(one)),
  });
}

interface Written {
  readonly value: string;
  readonly at: XmlElement["at"];
}

function mavenUse(
  element: XmlElement,
  name: string,
  written: Written | undefined,
  { groups, isDevelopment }: { readonly groups: readonly string[]; readonly isDevelopment: boolean },
): PackageUse {
  // Ivy's `latest.release`, and what a property stands for, is no version.
  const isPlain = written !== undefined && !/^latest\.|\$\{/.test(written.value);
  const version = isPlain ? exactMavenVersion(written.value) : undefined;
  return packageUse({
    ecosystem: "Maven",
    name,
    version,
    requirement: version === undefined ? written?.value : undefined,
    at: spanOf(element.at),
    versionAt: written && version === written.value ? spanOf(written.at) : undefined,
    relation: "direct",
    isDevelopment,
    groups,
  });
}

function readExtensions(file: TextFile): PackagesRead {
  const { root, problems } = readXml(file);
  const packages = childrenOf(root, "extension").flatMap((element) => {
    const [group, artifact, version] = ["groupId", "artifactId", "version"].map((key) => childOf(element, key));
    if (!group || !artifact || group.text === "" || artifact.text === "") return [];
    const written = version?.textAt && { value: version.text, at: version.textAt };
    return [mavenUse(element, `${group.text}:${artifact.text}`, written, { groups: ["plugin"], isDevelopment: true })];
  });
  return {
    manifests: [{ path: file.path, format: "extensions.xml", ecosystem: "Maven", isLocked: false, packages }],
    problems: problems.map(problemOfFormat),
  };
}
