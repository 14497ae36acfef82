/**
 * What is known against a package, read once for however many manifests name it. Of most nothing is known: those are asked
 * about again, which costs less than keeping each of their names.
 */
import type { Advisory, AdvisoryKnowledge } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { packageKey } from "#model/package-key.ts";
import { netRuntime, runtimeAdvisories } from "./runtime-advisories.ts";

/** A package with at least one advisory. */
export interface KnownPackage {
  readonly ecosystem: Ecosystem;
  readonly key: string;
  readonly advisories: readonly Advisory[];
}

export type AdvisoryLookUp = (ecosystem: Ecosystem, name: string) => readonly KnownPackage[];

const nothing: readonly KnownPackage[] = [];

export function advisoryLookUp(knowledge: AdvisoryKnowledge): AdvisoryLookUp {
  const byEcosystem = new Map<Ecosystem, Map<string, readonly KnownPackage[]>>();
  return (ecosystem, name) => {
    const byName = byEcosystem.get(ecosystem);
    const ready = byName?.get(name);
    if (ready) return ready;
    const found = lookUp(knowledge, ecosystem, name);
    if (found.length === 0) return found;
    if (byName) byName.set(name, found);
    else byEcosystem.set(ecosystem, new Map([[name, found]]));
    return found;
  };
}

function lookUp(knowledge: AdvisoryKnowledge, ecosystem: Ecosystem, name: string): readonly KnownPackage[] {
  const key = packageKey(ecosystem, name);
  const found = knownPackage(knowledge, ecosystem, key);
  // One number says which standard library and which commands of Go are used.
  const beside = ecosystem === "Go" && key === "stdlib" ? knownPackage(knowledge, ecosystem, "toolchain") : undefined;
  return found || beside ? [found, beside].filter((one) => one !== undefined) : nothing;
}

function knownPackage(knowledge: AdvisoryKnowledge, ecosystem: Ecosystem, key: string): KnownPackage | undefined {
  const own = knowledge.advisoriesOf(ecosystem, key);
  const advisories = ecosystem === ".NET" && key === netRuntime ? [...own, ...runtimeAdvisories(knowledge)] : own;
  return advisories.length === 0 ? undefined : { ecosystem, key, advisories };
}
