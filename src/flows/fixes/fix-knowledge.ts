/** What our copy of registries' facts tells about versions to go to. What it does not have, a plan says. */
import type { FixKnowledge } from "#model/fix-plan.ts";
import { packageKey } from "#model/package-key.ts";
import type { App } from "../app.ts";

export function fixKnowledge(world: ReturnType<App["knowledge"]["current"]>): FixKnowledge {
  return {
    publishedOf(ecosystem, name, version) {
      const facts = world.factsOf(ecosystem, packageKey(ecosystem, name));
      const known = facts?.versions.find((one) => one.version === version);
      if (!known) return undefined;
      const { integrity, licenses } = known;
      return { ...(integrity !== undefined && { integrity }), ...(licenses && { licenses }) };
    },
  };
}
