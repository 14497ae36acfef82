/** Where a package comes from, in the words of OSV; below the line those that OSV has no word for. */
export const ecosystems = [
  "NuGet",
  "npm",
  "PyPI",
  "Maven",
  "Go",
  "crates.io",
  "RubyGems",
  "Packagist",
  "Pub",
  "Hex",
  "SwiftURL",
  "ConanCenter",
  "CRAN",
  "Hackage",
  "Julia",
  "opam",
  "GitHub Actions",
  // -----
  ".NET",
  "CocoaPods",
  "CPAN",
  "Azure Pipelines",
  "Docker",
  "Deno",
  "Conda",
  "Generic",
] as const;

/** `.NET` holds the runtimes and SDKs themselves, `Generic` what is known by a name only: vendored code, parts of an SBOM. */
export type Ecosystem = (typeof ecosystems)[number];
