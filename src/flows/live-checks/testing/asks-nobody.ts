/** For tests of other things: no provider is asked. */
import type { LiveAsker } from "../open-live-asker.ts";

export const asksNobody: LiveAsker = {
  ask: async () => ({ verdict: "unknown", reason: "nobody is asked in tests" }),
};
