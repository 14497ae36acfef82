import type { Mirror } from "#git/mirror.ts";
import type { InstanceId } from "#model/ids.ts";

/** What a scan of a tree works on. */
export interface TreeScan {
  readonly instanceId: InstanceId;
  readonly mirror: Pick<Mirror, "readBlobs" | "listTree">;
  readonly signal: AbortSignal;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}
