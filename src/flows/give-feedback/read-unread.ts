import type { ScanId } from "#model/ids.ts";
import type { Problem } from "#model/scan-result.ts";
import { getScan } from "#store/scans/scans.ts";
import type { App } from "../app.ts";

/** What a scan could not examine; undefined if it is not partial, or not known any more. */
export async function readUnread({ db }: Pick<App, "db">, id: ScanId): Promise<readonly Problem[] | undefined> {
  const scan = await getScan(db, { is: "everything" }, id);
  return scan?.outcome === "partial" ? scan.problems.filter(isUnread) : undefined;
}

export function isUnread({ isNotice }: Problem): boolean {
  return isNotice !== true;
}
