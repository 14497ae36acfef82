import type { Mirror } from "#git/mirror.ts";
import type { InstanceId } from "#model/ids.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";

/** What a scan of a tree works on. */
export interface TreeScan {
  readonly instanceId: InstanceId;
  readonly mirror: Pick<Mirror, "readBlobs" | "listTree">;
  readonly signal: AbortSignal;
  /** Rules that the repository keeps of its own. */
  readonly secrets?: SecretSettings | undefined;
  /** Objects that failed too often to be surveyed again by themselves. */
  readonly givenUp?: ReadonlySet<string>;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}
