/** What stands behind moving names, for plans: what one missed is looked up before it is made again. */
import { type ActionReference, actionKey, askReferences } from "#knowledge/package-facts/ask-references.ts";
import type { FactsSources } from "#knowledge/package-facts/facts-sources.ts";
import type { FixKnowledge } from "#model/fix-plan.ts";

export interface References extends Required<Pick<FixKnowledge, "digestOf" | "commitOf">> {
  /** Asks for what was missed; true if something was found. */
  lookUp(): Promise<boolean>;
}

export function openReferences(sources: FactsSources, signal?: AbortSignal): References {
  const digests = new Map<string, string>();
  const commits = new Map<string, string>();
  const images = new Set<string>();
  const actions = new Map<string, ActionReference>();
  return {
    digestOf(image) {
      const digest = digests.get(image);
      if (digest === undefined) images.add(image);
      return digest;
    },
    commitOf(action, ref) {
      const key = actionKey(action, ref);
      const commit = commits.get(key);
      if (commit === undefined) actions.set(key, { action, ref });
      return commit;
    },
    async lookUp() {
      if (images.size === 0 && actions.size === 0) return false;
      const asked = { images: [...images], actions: [...actions.values()] };
      images.clear();
      actions.clear();
      const told = await askReferences({ sources, ...asked, ...(signal && { signal }) });
      for (const [image, digest] of told.digests) digests.set(image, digest);
      for (const [key, commit] of told.commits) commits.set(key, commit);
      return told.digests.size + told.commits.size > 0;
    },
  };
}
