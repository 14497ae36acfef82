import type { FileScanner } from "../file-scanner.ts";
import type { TreeScannerDoor } from "../tree-scanner.ts";

/** Infrastructure as code: one scanner behind a door, for its catalogue of policies takes time to load. */
export const iacScanners: { readonly file: readonly FileScanner[]; readonly tree: readonly TreeScannerDoor[] } = {
  file: [],
  tree: [
    {
      name: "iac",
      mayTake: (path) => !neverInfrastructure.test(path) || allTheSame.test(path),
      // As one file where that was made (scripts/bundle.ts): hundreds of small ones take three times as long to load.
      load: async () => (await import("#scan/iac/iac-scanner.ts")).iacScanner,
    },
  ],
};

/**
 * Programs, pictures, prose and archives, but for .tgz, which may be a packed chart. What is not named here is asked about after loading: a forgotten ending costs
 * time, a wrong one would hide files.
 */
const neverInfrastructure =
  /\.(?:[cm]?[jt]sx?|map|css|scss|less|html?|vue|svelte|py|ipynb|cs|csproj|sln|vb|fs|java|kt|kts|scala|go|mod|sum|rs|rb|php|swift|[ch](?:pp|c|h)?|hpp|lua|r|jl|dart|ex|exs|sql|md|rst|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|eot|mp[34]|zip|gz|bz2|xz|7z|jar|dll|exe|so|bin|lock|csv|log)$|(?:^|\/)(?:licen[cs]e|readme|changelog|codeowners|\.git[a-z]+|\.editorconfig|\.npmrc|\.nvmrc)$/i;

/** Dockerfiles of any ending. */
const allTheSame = /(?:docker|container)file[^/]*$/i;
