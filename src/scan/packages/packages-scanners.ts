import type { FileScanner } from "../file-scanner.ts";
import { importsScanner } from "../imports/imports-scanner.ts";
import type { TreeScannerDoor } from "../tree-scanner.ts";
import { packageJudges } from "./package-judges.ts";
import { isVendoredLicense } from "./readers/generic/vendored-folder.ts";

/** Packages: one scanner reads every manifest, behind a door because its readers are many; one reads who imports what. */
export const packagesScanners: { readonly file: readonly FileScanner[]; readonly tree: readonly TreeScannerDoor[] } = {
  file: [importsScanner],
  tree: [
    {
      name: "packages",
      serves: packageJudges,
      mayTake: (path) => !neverManifest.test(path) || isVendoredLicense(path),
      load: async () => (await import("#scan/packages/packages-scanner.ts")).packagesScanner,
    },
  ],
};

/**
 * Programs, pictures, prose and archives. What is not named here is asked about after loading: a forgotten ending costs
 * time, a wrong one would hide files.
 */
const neverManifest =
  /\.(?:[cm]?[jt]sx?|map|css|scss|less|html?|vue|svelte|ipynb|cs|vb|fs|java|kt|scala|go|rs|php|swift|[ch](?:pp|c|h)?|hpp|lua|r|jl|dart|ex|exs|sql|md|rst|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|eot|mp[34]|zip|gz|bz2|xz|7z|jar|dll|exe|so|bin|log|tf|tfvars|bicep|ps1|sh)$/i;
