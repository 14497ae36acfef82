/** Made-up advisories in the sizes and shapes of the real databases, npm with its flood of malware. The same in every run. */
import type { Ecosystem } from "#model/ecosystem.ts";

/** Records of 170,000; npm: 7,000 advisories, the rest malware, a third of it with versions. */
export const recordCounts: readonly (readonly [Ecosystem, number])[] = [
  ["npm", 112_000],
  ["PyPI", 24_500],
  ["Maven", 12_000],
  ["Go", 7_000],
  ["Packagist", 6_000],
  ["NuGet", 3_500],
  ["crates.io", 2_500],
  ["RubyGems", 2_500],
];

/** The package with this number among those that something is known of. */
export function knownName(ecosystem: Ecosystem, number: number): string {
  if (ecosystem === "Maven") return `org.example.group${number % 500}:artifact-${number}`;
  if (ecosystem === "Go") return `example.org/owner${number % 700}/module${number}`;
  return ecosystem === "Packagist" ? `vendor${number % 600}/package${number}` : `package-${number}`;
}

export function makeRecords(ecosystem: Ecosystem, count: number): readonly (readonly [string, string])[] {
  const random = createRandom(count);
  const advisories =
    ecosystem === "npm" ? Math.ceil(count / 16) : ecosystem === "PyPI" ? Math.ceil(count * 0.6) : count;
  return Array.from({ length: count }, (_, number) => {
    const record =
      number < advisories
        ? makeAdvisory(ecosystem, number, advisories, random)
        : makeMalware(ecosystem, number, random);
    return [`${record.id}.json`, JSON.stringify(record)] as const;
  });
}

/** Half of all packages have one advisory; two of three problems are told by two databases in Python and Go. */
function makeAdvisory(ecosystem: Ecosystem, number: number, of: number, random: () => number) {
  const isTold = (ecosystem === "PyPI" || ecosystem === "Go") && number % 2 === 1;
  const problem = isTold ? number - 1 : number;
  const name = knownName(ecosystem, Math.floor(((problem % of) * 0.5 * ((problem % 7) + 1)) / 7));
  const prefix = isTold ? (ecosystem === "Go" ? "GO-2024" : "PYSEC-2024") : "GHSA";
  const [major, minor] = [Math.floor(random() * 9), Math.floor(random() * 30)];
  const isListed = ecosystem === "PyPI" || ecosystem === "Maven";
  return {
    schema_version: "1.6.0",
    id: isTold ? `${prefix}-${number}` : `${prefix}-${number.toString(36).padStart(4, "2")}-xxxx-${number}`,
    modified: "2025-06-01T10:20:30Z",
    published: "2024-05-01T10:20:30Z",
    aliases: [`CVE-2024-${problem + 1000}`],
    summary: `A flaw of kind ${number % 40} in ${name}`,
    details: words(random, 120 + Math.floor(random() * 200)),
    severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" }],
    affected: [
      {
        package: { ecosystem, name, purl: `pkg:generic/${name}` },
        ranges: [
          {
            type: ecosystem === "npm" || ecosystem === "Go" || ecosystem === "crates.io" ? "SEMVER" : "ECOSYSTEM",
            events: [{ introduced: number % 3 ? "0" : `${major}.0.0` }, { fixed: `${major}.${minor}.${number % 20}` }],
          },
        ],
        ...(isListed && { versions: Array.from({ length: 40 }, (_, at) => `${major}.${at}.${number % 20}`) }),
        ...(isTold &&
          ecosystem === "Go" && {
            ecosystem_specific: { imports: [{ path: `${name}/inner`, symbols: ["Parse", "Serve"] }] },
          }),
      },
    ],
    references: Array.from({ length: 6 }, (_, at) => ({
      type: "WEB",
      url: `https://example.org/${name}/${number}/${at}`,
    })),
    database_specific: { severity: "HIGH", cwe_ids: ["CWE-79", `CWE-${number % 900}`], github_reviewed: true },
  };
}

function makeMalware(ecosystem: Ecosystem, number: number, random: () => number) {
  const name = knownName(ecosystem, number);
  const isWhole = number % 3 !== 0;
  return {
    schema_version: "1.7.4",
    id: `MAL-2025-${number + 1}`,
    modified: "2025-11-12T10:20:30Z",
    published: "2025-11-12T08:20:30Z",
    summary: `Malicious code in ${name} (${ecosystem})`,
    details: `\n---\n_-= Per source details. Do not edit below this line.=-_\n\n## Source: made-up (${number})\n${words(random, 60)}`,
    affected: [
      {
        package: { ecosystem, name },
        ...(isWhole
          ? { ranges: [{ type: "SEMVER", events: [{ introduced: "0" }] }] }
          : { versions: Array.from({ length: 1 + (number % 5) }, (_, at) => `1.0.${at}`) }),
      },
    ],
    references: [{ type: "ADVISORY", url: `https://example.org/malware/${number}` }],
    database_specific: {
      "malicious-packages-origins": [
        { source: "made-up", sha256: number.toString(16).padStart(64, "0"), import_time: "2025-11-12T10:20:30Z" },
      ],
    },
  };
}

export function words(random: () => number, count: number): string {
  return Array.from({ length: count }, () => `w${Math.floor(random() ** 3 * 4000).toString(36)}`).join(" ");
}

/** The same numbers in every run. */
export function createRandom(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = Math.imul(state ^ (state >>> 15), state | 1);
    state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
}
