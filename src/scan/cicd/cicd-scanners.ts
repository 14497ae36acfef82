import type { FileScanner } from "../file-scanner.ts";
import type { TreeScannerDoor } from "../tree-scanner.ts";

/** Pipelines: one scanner behind a door, for only YAML concerns it. */
export const cicdScanners: { readonly file: readonly FileScanner[]; readonly tree: readonly TreeScannerDoor[] } = {
  file: [],
  tree: [
    {
      name: "cicd",
      mayTake: (path) => /\.ya?ml$/i.test(path),
      load: async () => (await import("#scan/cicd/cicd-scanner.ts")).cicdScanner,
    },
  ],
};
