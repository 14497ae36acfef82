/**
 * Chooses the version of a package that comes in with another one: the highest that the range takes, that no advisory affects,
 * and that is not deprecated where another one is not. What nobody knows, and too many of them, is refused in words.
 */
import type { PublishedVersion } from "#model/fix-plan.ts";
import { npmSpecOf } from "../../../packages/readers/npm/npm-spec.ts";
import { compareVersions, satisfies } from "../../../packages/versions.ts";
import type { EditAsked } from "../package-editor.ts";

export interface Chosen {
  readonly name: string;
  readonly version: string;
  readonly published: PublishedVersion & { readonly integrity: string };
}

/** A clause is why not. */
export type ChooseVersion = (name: string, range: string) => Chosen | string;

/** More of them are another project. */
const mostChosen = 30;
const mostVersions = 10_000;
const mostDeprecated = 5;

export function choosing({ known, isAffected }: Pick<EditAsked, "known" | "isAffected">): ChooseVersion {
  const chosen = new Map<string, Chosen | string>();
  const choose: ChooseVersion = (name, range) => {
    const spec = npmSpecOf(range);
    if (spec.is !== "registry" || spec.name !== undefined || spec.isJsr)
      return `${name} ${range} is not a range of versions`;
    const versions = known.versionsOf?.("npm", name);
    if (!versions) return `which versions of ${name} there are is not known here`;
    const fitting = versions
      .slice(0, mostVersions)
      .filter((one) => satisfies("npm", one, spec.range) === true && !isAffected?.(name, one))
      .sort((a, b) => compareVersions("npm", b, a));
    const [highest] = fitting;
    if (highest === undefined) return `no version of ${name} that ${range} takes is free of known problems`;
    const known_ = (version: string) => publishedOf(known, name, version);
    const best = fitting.slice(0, mostDeprecated).find((version) => !isDeprecated(known_(version))) ?? highest;
    const published = known_(best);
    return published
      ? { name, version: best, published }
      : `the checksum of ${name} ${best} and what it depends on are not known here`;
  };
  return (name, range) => {
    const key = `${name}@${range}`;
    const made =
      chosen.get(key) ??
      (chosen.size < mostChosen ? choose(name, range) : `it brings in more than ${mostChosen} packages`);
    chosen.set(key, made);
    return made;
  };
}

function publishedOf({ publishedOf: of }: EditAsked["known"], name: string, version: string) {
  const published = of("npm", name, version);
  const integrity = published?.integrity;
  return published?.dependencies && integrity !== undefined ? { ...published, integrity } : undefined;
}

function isDeprecated(published: PublishedVersion | undefined): boolean {
  const { deprecated } = published?.entry ?? {};
  return deprecated === true || (typeof deprecated === "string" && deprecated !== "");
}
