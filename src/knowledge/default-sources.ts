/**
 * Where the world's knowledge is published, under which licence, and whom to name for it. All of it may be replaced by the
 * configuration: by a mirror, a folder, or nothing.
 */
import type { KnowledgeSource } from "./sources.ts";

export const defaultSources: readonly KnowledgeSource[] = [
  {
    name: "osv",
    kind: "osv",
    from: { is: "address", address: "https://storage.googleapis.com/osv-vulnerabilities" },
    licence: "per database: CC-BY-4.0, CC0-1.0, Apache-2.0",
    attribution:
      "Advisories by way of OSV (osv.dev): GitHub Advisory Database, Go Vulnerability Database, Python Packaging Advisory Database (CC-BY-4.0), RustSec (CC0-1.0), OpenSSF Malicious Packages (Apache-2.0) and others, each named at its advisories",
    isRequired: true,
  },
  {
    name: "epss",
    kind: "epss",
    from: { is: "address", address: "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz" },
    licence: "free to use, with attribution",
    attribution: "Exploit likelihoods: EPSS of FIRST (first.org/epss)",
    isRequired: false,
  },
  {
    name: "kev",
    kind: "kev",
    from: {
      is: "address",
      address: "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json",
    },
    licence: "CC0-1.0",
    attribution: "Known exploited vulnerabilities: CISA's catalogue",
    isRequired: false,
  },
  {
    name: "dotnet",
    kind: "dotnet",
    from: { is: "address", address: "https://raw.githubusercontent.com/dotnet/core/release-index/release-notes" },
    licence: "MIT",
    attribution: "Releases of .NET: dotnet/core",
    isRequired: false,
  },
];
