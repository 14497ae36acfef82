/** Whether the rule that a resource breaks says that everybody reaches it. No rule proves the contrary. */
import type { Finding } from "#model/finding.ts";
import type { Reading } from "./read-signals.ts";

/** Words of rules' ids: what opens a resource to the internet, or to whoever comes. */
const opens =
  /-public-(?:network-access|access|address(?:es)?|endpoint|read|write|containers?|groups)\b|-public$|-open-to-(?:all|anyone|everybody|everyone|internet)\b|-open-on-all|-from-anywhere$|-on-internet$|-anonymous-/;

export function exposureOf({ rule }: Finding): Reading | undefined {
  return opens.test(rule)
    ? { is: "known", value: 1, because: "open to the internet or to everybody, as its rule says" }
    : undefined;
}
