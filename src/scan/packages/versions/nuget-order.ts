/** NuGet: semantic versions with a fourth number; case and what follows `+` do not count. */
import { semverOrder } from "./semver-order.ts";
import type { VersionOrder } from "./version-order.ts";

export const nugetOrder: VersionOrder<ReturnType<typeof semverOrder.parse>> = {
  ...semverOrder,
  parse: (text) => semverOrder.parse(text.toLowerCase()),
};
