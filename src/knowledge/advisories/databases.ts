/** The databases behind the ids: their names and licences, shown with every advisory because the licences ask for it. */
const databases: readonly (readonly [prefix: string, label: string])[] = [
  ["GHSA-", "GitHub Advisory Database (CC-BY-4.0)"],
  ["MAL-", "OpenSSF Malicious Packages (Apache-2.0)"],
  ["PYSEC-", "Python Packaging Advisory Database (CC-BY-4.0)"],
  ["PSF-", "Python Software Foundation Advisory Database (CC-BY-4.0)"],
  ["GO-", "Go Vulnerability Database (CC-BY-4.0)"],
  ["RUSTSEC-", "RustSec Advisory Database (CC0-1.0)"],
  ["HSEC-", "Haskell Security Advisories (CC0-1.0)"],
  ["RSEC-", "R Consortium Advisory Database (Apache-2.0)"],
  ["OSEC-", "OCaml Security Advisories (CC0-1.0)"],
];

export const malwareDatabase = "OpenSSF Malicious Packages (Apache-2.0)";

/** `otherwise` is what the source of the record calls itself. */
export function databaseOf(id: string, otherwise: string): string {
  return databases.find(([prefix]) => id.startsWith(prefix))?.[1] ?? otherwise;
}
