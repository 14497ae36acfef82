/** A feed as lists have it, and where its own calls go. */
import type { FeedFact } from "#model/posture/organization-settings.ts";
import { type EncodedPath, path } from "../organization-client.ts";

export interface ListedFeed {
  readonly id: string;
  readonly projectId?: string;
  readonly upstreams: FeedFact["upstreams"];
}

/** A feed of a project stands below it. */
export function feedPath({ id, projectId }: Pick<ListedFeed, "id" | "projectId">, rest: EncodedPath): EncodedPath {
  const feed = path`/_apis/packaging/feeds/${id}`;
  return `${projectId === undefined ? "" : path`/${projectId}`}${feed}${rest}` as EncodedPath;
}
