/** The name and version of an archive of conda: `numpy-1.26.0-py311h64a7726_0.conda`. */
export interface CondaArtifact {
  readonly name: string;
  readonly version: string;
}

export function condaArtifact(address: string): CondaArtifact | undefined {
  const file = address.replace(/[#?].*$/s, "").replace(/^.*\//s, "");
  const [, name, version] = /^(.+)-([^-]+)-[^-]+\.(?:conda|tar\.bz2)$/.exec(file.slice(0, 500)) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version: version.replaceAll("%21", "!") };
}
