/** `*.nuspec`: what a package that is made here asks for, for each target framework. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readXml } from "../../../formats/xml/read-xml.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../../../formats/xml/xml-element.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { type FrameworkUse, joinFrameworks } from "./join-frameworks.ts";
import { isVersion, lowestVersion } from "./nuget-version.ts";
import { targetFrameworkOf } from "./target-framework.ts";

function read(file: TextFile): PackagesRead {
  const { root, problems } = readXml(file);
  const metadata = childOf(root, "metadata");
  const dependencies = childOf(metadata, "dependencies");
  const groups = childrenOf(dependencies, "group");
  const uses = [
    ...childrenOf(dependencies, "dependency").flatMap((one) => useOf(one, undefined)),
    ...groups.flatMap((group) =>
      childrenOf(group, "dependency").flatMap((one) => useOf(one, attributeOf(group, "targetFramework")?.value)),
    ),
  ];
  const targets = new Set(
    groups.map((group) => targetFrameworkOf(attributeOf(group, "targetFramework")?.value ?? "").name),
  );
  const name = childOf(metadata, "id")?.text ?? "";
  const version = childOf(metadata, "version")?.text ?? "";
  const isNamed = name !== "" && !name.includes("$");
  const manifest: Manifest = {
    path: file.path,
    format: "*.nuspec",
    ecosystem: "NuGet",
    ...(isNamed ? { root: isVersion(version) ? { name, version } : { name } } : {}),
    isLocked: false,
    packages: joinFrameworks(uses, [...targets]),
  };
  return { manifests: manifest.packages.length > 0 ? [manifest] : [], problems: problems.map(problemOfFormat) };
}

function useOf(element: XmlElement, framework: string | undefined): readonly FrameworkUse[] {
  const name = attributeOf(element, "id")?.value.trim() ?? "";
  const written = attributeOf(element, "version");
  const requirement = written?.value.trim() ?? "";
  if (name === "") return [];
  const version = lowestVersion(requirement);
  const use: PackageUse = {
    ecosystem: "NuGet",
    name,
    ...(version === undefined ? {} : { version }),
    ...(requirement === "" ? {} : { requirement }),
    at: spanOf(element.at),
    ...(version !== undefined && written ? { versionAt: spanOf(written.at) } : {}),
    relation: "direct",
    isDevelopment: false,
  };
  // Who installs the package decides what runs: nothing is taken for a framework's own.
  const target = framework === undefined || framework === "" ? undefined : targetFrameworkOf(framework);
  return [{ use, target: target && { ...target, identifier: "other" }, frameworks: [] }];
}

export const readers: readonly PackageReader[] = [
  {
    format: "*.nuspec",
    ecosystem: "NuGet",
    matches: (path) => /[^/]\.nuspec$/i.test(path),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];
