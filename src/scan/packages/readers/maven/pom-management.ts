/** Versions and scopes that `dependencyManagement` gives: of the POM, of its parents, of imported bills of materials. */
import type { PomDependency, Written } from "./pom.ts";
import { type Family, familyOf, importedPaths, isImport, type PomFiles } from "./pom-family.ts";

export interface Managed {
  readonly version?: (Written & { readonly isResolved: boolean }) | undefined;
  readonly scope?: string | undefined;
  readonly isOptional: boolean;
}

export interface Management {
  readonly get: (key: string) => Managed | undefined;
  /** Bills of materials that the repository does not hold. */
  readonly missing: readonly string[];
}

const deepestImport = 10;
const mostImports = 200;

/** What tells dependencies apart in a POM. */
export function keyOf(family: Family, { group, artifact, type, classifier }: PomDependency): string {
  const text = (written: Written | undefined) => (written ? family.resolve(written).text : "");
  const resolved = (plain: string | undefined, usual: string) => (plain ? family.resolve({ text: plain }).text : usual);
  return [text(group), text(artifact), resolved(type, "jar"), resolved(classifier, "")].join(":");
}

export function managementOf(family: Family, files: PomFiles): Management {
  const managed = new Map<string, Managed>();
  const missing: string[] = [];
  const seen = new Set<string>();
  let imports = 0;
  const add = (current: Family, depth: number): void => {
    const declared = current.poms.flatMap((pom) =>
      pom.management.filter(({ profile }) => profile === undefined || profile.isDefault).map((one) => ({ one, pom })),
    );
    for (const { one } of declared) {
      const key = keyOf(current, one);
      if (isImport(one) || managed.has(key)) continue;
      const version = one.version && current.resolve(one.version);
      managed.set(key, { version, scope: one.scope, isOptional: one.isOptional });
    }
    for (const { one, pom } of declared) {
      if (!isImport(one) || imports >= mostImports) continue;
      imports++;
      const bom = depth < deepestImport ? importedPom(current, one, importedPaths(pom), files) : undefined;
      if (!bom) missing.push(coordinateOf(current, one));
      else if (!seen.has(bom.poms[0].file.path)) {
        seen.add(bom.poms[0].file.path);
        add(bom, depth + 1);
      }
    }
  };
  add(family, 0);
  return { get: (key) => managed.get(key), missing: [...new Set(missing)] };
}

function importedPom(
  family: Family,
  { group, artifact }: PomDependency,
  paths: readonly string[],
  files: PomFiles,
): Family | undefined {
  const wanted = [group, artifact].map((written) => (written ? family.resolve(written).text : ""));
  for (const path of paths) {
    const pom = files.get(path);
    if (!pom) continue;
    const found = familyOf(pom, files);
    const own = [pom.group ?? pom.parent?.group, pom.artifact].map((written) =>
      written ? found.resolve(written).text : "",
    );
    if (own.join(":") === wanted.join(":")) return found;
  }
  return undefined;
}

function coordinateOf(family: Family, { group, artifact, version }: PomDependency): string {
  return [group, artifact, version].flatMap((written) => (written ? family.resolve(written).text : [])).join(":");
}
