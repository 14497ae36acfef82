import type { Finding } from "./finding.ts";
import { isSpan } from "./span.ts";

/** Old paths by new ones. */
export type Renames = ReadonlyMap<string, string>;

/**
 * Findings in infrastructure and about packages are known by where they stand, so a file that moves makes others of them. This
 * tells which are the same: old fingerprints by new ones. Only what agrees in rule, resource or package, and message, in a file
 * that was moved, and only one to one: whatever is in doubt is not followed.
 */
export function followRenames(
  before: Iterable<Finding>,
  after: Iterable<Finding>,
  renames: Renames,
): ReadonlyMap<string, string> {
  if (renames.size === 0) return new Map();
  const [old, now] = [[...before], [...after]];
  const [were, are] = [fingerprintsOf(old), fingerprintsOf(now)];
  const gone = byPlace(
    old.filter(({ fingerprint }) => !are.has(fingerprint)),
    (path) => path,
  );
  const come = byPlace(
    now.filter(({ fingerprint }) => !were.has(fingerprint)),
    (path) => renames.get(path),
  );
  const olds = new Map<string, Set<string>>();
  const news = new Map<string, Set<string>>();
  for (const [place, added] of come) {
    for (const fingerprint of added) {
      for (const former of gone.get(place) ?? []) {
        add(olds, fingerprint, former);
        add(news, former, fingerprint);
      }
    }
  }
  const followed = new Map<string, string>();
  for (const [fingerprint, [former, ...others]] of olds) {
    if (former !== undefined && others.length === 0 && news.get(former)?.size === 1) followed.set(fingerprint, former);
  }
  return followed;
}

function fingerprintsOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(({ fingerprint }) => fingerprint));
}

function byPlace(
  findings: readonly Finding[],
  pathOf: (path: string) => string | undefined,
): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  for (const { rule, resource, package: its, message, at, fingerprint } of findings) {
    const path = isSpan(at) ? pathOf(at.path) : undefined;
    const about = resource?.address ?? its?.name;
    if (path !== undefined && about !== undefined) add(places, [path, rule, about, message].join("\0"), fingerprint);
  }
  return places;
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known) known.add(value);
  else sets.set(key, new Set([value]));
}
