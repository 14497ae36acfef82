/**
 * What peers do alike with all packages of a format, by peer and format: which of them they list, and the places that they
 * point at.
 */

/** Formats of which a peer takes the first version of a name only. */
export const firstVersions: ReadonlySet<string> = new Set(["osv-scalibr pom.xml"]);

/** Formats of which a peer reads the file alone, not what it includes. */
export const ownFileOnly: ReadonlySet<string> = new Set(["trivy requirements.txt", "syft requirements.txt"]);

/** Entries that a peer leaves out by how their first line is written. */
export const leavesOut: Readonly<Record<string, RegExp>> = {
  // Only what comes from a registry: no patches, repositories, folders, and no protocol that nobody knows.
  "trivy yarn.lock": /^"?@?[^@"\s]+@(?!npm:)[a-z][\w+.-]*:/i,
};

/** Formats that a peer reads line by line: what continues in the next line is no part of the entry to it. */
export const firstLineOnly: ReadonlySet<string> = new Set(["trivy requirements.txt"]);

/** Formats of which a peer lists a package once, by its first place. */
export const firstPlaceOnly: ReadonlySet<string> = new Set(["trivy Pipfile.lock"]);

/** Formats whose subject a peer lists, though it is no package of the file. */
export const listsRoot: ReadonlySet<string> = new Set([
  "osv-scalibr package.json",
  "osv-scalibr *.deps.json",
  "osv-scalibr *.gemspec",
  "osv-scalibr Cargo.toml",
  "osv-scalibr METADATA",
  "osv-scalibr META.json",
  "trivy package.json",
  "syft package.json",
  "trivy *.gemspec",
  "trivy METADATA",
  "trivy *.deps.json",
  "trivy go.mod",
  "syft package-lock.json",
  "syft pubspec.yaml",
  "syft OTP .app",
  "syft conaninfo.txt",
]);

const tomlName = /^name\s*=/;

/** What a peer points at, where it is not the first line of the entry. */
export const pointsAt: Readonly<Record<string, RegExp>> = {
  "osv-scalibr composer.lock": /"name"\s*:/,
  "osv-scalibr verification-metadata.xml": />/,
  "osv-scalibr Cargo.lock": tomlName,
  "osv-scalibr poetry.lock": tomlName,
  "osv-scalibr pdm.lock": tomlName,
  "osv-scalibr pylock.toml": tomlName,
  "osv-scalibr uv.lock": tomlName,
};
