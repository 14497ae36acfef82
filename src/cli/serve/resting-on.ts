/** What the answers about packages rest on is said where it is old, missing, damaged or only a sample. */
import type { KnowledgeStatus } from "#knowledge/knowledge-status.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";

/** Older copies miss what everybody talks about. */
const oldDays = 7;
/** Of these nobody publishes advisories. */
const withoutAdvisories: readonly Ecosystem[] = [
  "Docker",
  "Azure Pipelines",
  "Generic",
  "Deno",
  "Conda",
  "CPAN",
  "opam",
  "CocoaPods",
];

type Status = Pick<KnowledgeStatus, "problems" | "ecosystems"> & { readonly isSample: boolean };

export function restingOn(status: Status, manifests: readonly Manifest[], today: string): readonly Problem[] {
  const damaged = status.problems.map((message) => problem("damaged", message));
  if (status.isSample) {
    const message =
      "Nothing was fetched yet: a small sample of old advisories stands in, good to try Sallyport, not to decide by. Run `sallyport advisories update`.";
    return [notice("sample", message), ...damaged];
  }
  const used = new Set(manifests.flatMap(({ packages }) => packages.map(({ ecosystem }) => ecosystem)));
  const known = status.ecosystems.filter(({ ecosystem }) => used.has(ecosystem));
  const missing = [...used].filter(
    (one) => !withoutAdvisories.includes(one) && !known.some(({ ecosystem }) => ecosystem === one),
  );
  const dates = known.flatMap(({ asOf }) => asOf ?? []).sort();
  const days = dates[0] === undefined ? 0 : Math.floor((Date.parse(today) - Date.parse(dates[0])) / 86_400_000);
  const notices = [
    ...(missing.length > 0
      ? [
          notice(
            "no-advisories",
            `The local copy has no advisories about packages of ${missing.sort().join(", ")}: nothing was found because nothing is known. Run \`sallyport advisories update\`.`,
          ),
        ]
      : []),
    ...(days > oldDays
      ? [notice("old-advisories", `The advisories are ${days} days old. Run \`sallyport advisories update\`.`)]
      : []),
  ];
  return [...notices, ...damaged];
}

function problem(code: string, message: string): Problem {
  return { scanner: "vulnerabilities", code, message };
}

function notice(code: string, message: string): Problem {
  return { ...problem(code, message), isNotice: true };
}
