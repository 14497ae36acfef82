/** What the local copy of the world's knowledge holds, from where, and how old it is. */
import { type Static, Type } from "typebox";
import { nullable } from "../shapes/nullable.ts";
import { ecosystemName } from "../shapes/package-finding.ts";
import { time } from "../shapes/time.ts";

export const knowledgeAnswer = Type.Object({
  /** Only the sample that comes with Sallyport is there: good to try it, not for decisions. */
  isSample: Type.Boolean(),
  sources: Type.Array(
    Type.Object({
      name: Type.String(),
      kind: Type.String({ description: "`osv`, `epss`, `kev`, `dotnet` ..." }),
      from: Type.String({ description: "Its address or folder" }),
      licence: Type.String(),
      attribution: nullable(Type.String()),
      records: nullable(Type.Integer()),
      /** When its content was last known to be current. */
      asOf: nullable(time),
      checkedAt: nullable(time),
      /** Why the last attempt failed; the copy from before is in use. */
      error: nullable(Type.String()),
    }),
  ),
  /** Advisories by ecosystem; one that is not listed has none. */
  ecosystems: Type.Array(
    Type.Object({
      ecosystem: ecosystemName,
      advisories: Type.Integer(),
      packages: Type.Integer(),
      malicious: Type.Integer(),
      unreadable: Type.Integer({ description: "Records that could not be read" }),
      asOf: nullable(time),
    }),
  ),
  /** Files of the copy that cannot be used, and what to do about them. */
  problems: Type.Array(Type.String()),
  /** A refresh is under way. */
  isRefreshing: Type.Boolean(),
  nextRefresh: nullable(time),
});
export type Knowledge = Static<typeof knowledgeAnswer>;
