import type { FileScanner } from "../file-scanner.ts";
import type { TreeScannerDoor } from "../tree-scanner.ts";

/** Pipelines, and whence they get packages: one scanner behind a door, for few files concern it. */
export const cicdScanners: { readonly file: readonly FileScanner[]; readonly tree: readonly TreeScannerDoor[] } = {
  file: [],
  tree: [
    {
      name: "cicd",
      mayTake: (path) =>
        /(?:\.ya?ml|(?:package|package-lock|npm-shrinkwrap)\.json|\.lockb?|\.npmrc|\.yarnrc|nuget\.config|pip\.(?:conf|ini)|requirements[^/]*\.txt)$/i.test(
          path,
        ),
      load: async () => (await import("#scan/cicd/cicd-scanner.ts")).cicdScanner,
    },
  ],
};
