/** Reads what a Maven repository says of an artifact: `maven-metadata.xml`, and the POM of a version in use. */
import type { VersionFacts } from "#model/package-facts.ts";
import type { PartFacts } from "./source-part.ts";

export interface MavenAddresses {
  readonly metadata: string;
  pom(version: string): string;
}

/** Undefined if the name is none of Maven. */
export function mavenAddresses(repository: string, name: string): MavenAddresses | undefined {
  const [group, artifact, ...others] = name.split(":");
  if (!group || !artifact || others.length > 0) return undefined;
  const folder = [
    repository.replace(/\/$/, ""),
    ...group.split(".").map(encodeURIComponent),
    encodeURIComponent(artifact),
  ].join("/");
  return {
    metadata: `${folder}/maven-metadata.xml`,
    pom: (version) => {
      const written = encodeURIComponent(version);
      return `${folder}/${written}/${encodeURIComponent(artifact)}-${written}.pom`;
    },
  };
}

/** As many names as that much text may hold are read, for the oldest stand first. */
const most = { versions: 10_000, text: 2_000_000, names: 100_000 };

export function readMavenMetadata(xml: string): PartFacts {
  const text = xml.slice(0, most.text);
  const versioning = contentOf(text, "versioning") ?? "";
  const names = contentsOf(contentOf(versioning, "versions") ?? "", "version", most.names).slice(-most.versions);
  const updated = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(contentOf(versioning, "lastUpdated") ?? "");
  // The only date that it has is that of the last release.
  const last = contentOf(versioning, "latest") ?? contentOf(versioning, "release") ?? names.at(-1);
  const published = updated ? `${updated.slice(1, 4).join("-")}T${updated.slice(4, 7).join(":")}Z` : undefined;
  return {
    versions: names.map(
      (version): VersionFacts => ({
        version,
        ...(version === last && published !== undefined && { published }),
      }),
    ),
  };
}

export interface MavenPom {
  readonly licenses: readonly string[];
  readonly repository?: string;
  /** Moved to another name. */
  readonly abandoned?: { readonly reason: string; readonly replacement?: string };
}

export function readPom(xml: string): MavenPom {
  const text = xml.slice(0, most.text);
  const licenses = contentsOf(contentOf(text, "licenses") ?? "", "name", 20);
  const repository = contentOf(contentOf(text, "scm") ?? "", "url");
  const relocation = contentOf(contentOf(text, "distributionManagement") ?? "", "relocation");
  return {
    licenses,
    ...(repository !== undefined && { repository }),
    ...(relocation !== undefined && { abandoned: relocatedTo(relocation) }),
  };
}

function relocatedTo(relocation: string): { readonly reason: string; readonly replacement?: string } {
  const [group, artifact] = [contentOf(relocation, "groupId"), contentOf(relocation, "artifactId")];
  const replacement = [group, artifact].filter((part) => part !== undefined).join(":");
  const reason = contentOf(relocation, "message") ?? "relocated";
  return { reason, ...(replacement !== "" && { replacement }) };
}

function contentOf(text: string, element: string): string | undefined {
  return contentsOf(text, element, 1)[0];
}

/** Elements without attributes in well-formed files of machines: no more of XML is needed here. */
function contentsOf(text: string, element: string, limit: number): readonly string[] {
  const [open, close] = [`<${element}>`, `</${element}>`];
  const found: string[] = [];
  for (let at = text.indexOf(open); at >= 0 && found.length < limit; at = text.indexOf(open, at)) {
    const end = text.indexOf(close, at);
    if (end < 0) break;
    const content = text.slice(at + open.length, end).trim();
    if (content !== "") found.push(unescaped(content));
    at = end;
  }
  return found;
}

function unescaped(text: string): string {
  return text.includes("<")
    ? text
    : text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => characters[name] ?? "");
}

const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
