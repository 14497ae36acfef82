/** What a document must still say when it is read again, and what it says when it is. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { purlOf } from "../../packages/purl.ts";
import { readPackages } from "../../packages/testing/read-packages.ts";
import { declaredLicenses } from "../declared-licenses.ts";
import { hashesOf } from "../integrity-hashes.ts";
import { inOrder } from "../plain-text.ts";

/** One line a package: identity, strongest hash, licence, relation, whether for development, and what it depends on. */
export function toldBy(manifests: readonly Manifest[]): readonly string[] {
  const lines = manifests.flatMap(({ packages }) =>
    packages.flatMap((use) => (use.relation === "root" ? [] : [toldOf(use, packages)])),
  );
  return [...new Set(lines)].sort();
}

export function readAgain(path: string, document: string): readonly string[] {
  const { manifests, problems } = readPackages({ [path]: document });
  return [...toldBy(manifests), ...problems.map(({ message }) => message)];
}

function toldOf(use: PackageUse, packages: readonly PackageUse[]): string {
  const [hash] = hashesOf(use);
  const wanted = (use.dependsOn ?? [])
    .map((position) => packages[position])
    .filter((one) => one && one.relation !== "root");
  return [
    purlOf(use),
    hash ? `${hash.algorithm}:${hash.hex.slice(0, 8)}` : "",
    declaredLicenses(use)?.expression ?? "",
    use.relation,
    use.isDevelopment ? "development" : "",
    wanted
      .map((one) => one?.name ?? "")
      .sort(inOrder)
      .join(),
  ].join(" | ");
}
