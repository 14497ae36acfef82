/** `verification-metadata.xml` of Gradle: every component whose files may be used, with their checksums. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readXml } from "../../../formats/xml/read-xml.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../../../formats/xml/xml-element.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemOfFormat, readAsText } from "../../reading/manifest-text.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "verification-metadata.xml",
    ecosystem: "Maven",
    matches: (path) => /(?:^|\/)verification-metadata\.xml$/.test(path),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];

function read(file: TextFile): PackagesRead {
  const { root, problems } = readXml(file);
  const components = childrenOf(childOf(root, "components"), "component");
  return {
    manifests: [
      {
        path: file.path,
        format: "verification-metadata.xml",
        ecosystem: "Maven",
        isLocked: true,
        packages: components.flatMap((component) => packageOf(component) ?? []),
      },
    ],
    problems: problems.map(problemOfFormat),
  };
}

function packageOf(component: XmlElement): PackageUse | undefined {
  const [group, name, version] = ["group", "name", "version"].map((key) => attributeOf(component, key));
  if (!group || !name || !version || version.value === "") return undefined;
  const integrity = checksumOf(component);
  return {
    ecosystem: "Maven",
    name: `${group.value}:${name.value}`,
    version: version.value,
    at: spanOf(component.at),
    versionAt: spanOf(version.at),
    relation: "unknown",
    isDevelopment: false,
    ...(integrity === undefined ? {} : { integrity }),
  };
}

/** Of the library itself, not of its description. */
function checksumOf(component: XmlElement): string | undefined {
  const artifacts = childrenOf(component, "artifact").filter((artifact) =>
    /\.(?:jar|aar|war)$/.test(attributeOf(artifact, "name")?.value ?? ""),
  );
  const [artifact] = artifacts.length === 1 ? artifacts : [];
  for (const kind of ["sha512", "sha256", "sha1"]) {
    const sum = childOf(artifact, kind);
    const value = sum && attributeOf(sum, "value")?.value;
    if (value) return `${kind}:${value}`;
  }
  return undefined;
}
