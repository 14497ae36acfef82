/** A requirement as a package of a manifest. */
import type { PackageUse, Relation } from "#model/package-manifest.ts";
import { type Place, spanOf } from "../../../formats/text-file.ts";
import type { PythonRequirement } from "./python-requirement.ts";

export interface Asked {
  /** The whole entry. */
  readonly at: Place;
  /** Offset in the file of the text that was read as the requirement. */
  readonly offset: number;
  readonly relation: Relation;
  readonly isDevelopment: boolean;
  readonly groups?: readonly string[];
}

export function packageOf(requirement: PythonRequirement, asked: Asked): PackageUse {
  const { name, version, specifier, versionAt, source } = requirement;
  const { at, offset, relation, isDevelopment, groups = [] } = asked;
  const place = versionAt && { file: at.file, start: offset + versionAt[0], end: offset + versionAt[1] };
  return {
    ecosystem: "PyPI",
    name,
    ...(version === undefined ? {} : { version }),
    ...(specifier === "" ? {} : { requirement: specifier }),
    at: spanOf(at),
    ...(place ? { versionAt: spanOf(place) } : {}),
    relation,
    isDevelopment,
    ...(groups.length > 0 ? { groups } : {}),
    ...(source ? { source } : {}),
  };
}

/** Groups, extras and files whose names say that nothing in production needs them. */
const developmentWords: ReadonlySet<string> = new Set([
  ..."dev devel develop development test tests testing lint linting linters format doc docs documentation ci qa".split(
    " ",
  ),
  ..."typing types mypy bench benchmark benchmarks tox nox pytest pre precommit coverage style".split(" "),
]);

export function isDevelopmentName(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => developmentWords.has(word));
}
