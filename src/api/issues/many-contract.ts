/** Issues taken together: in groups, and dismissed by what they have in common. */
import { type Static, Type } from "typebox";
import { justifications } from "#model/exception.ts";
import { dismissReasons } from "#model/issue.ts";
import { id } from "../shapes/id.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";
import { issueCriteria, issueRow } from "./contract.ts";

export const groupsQuery = Type.Object({
  ...pageQuery,
  ...issueCriteria,
  by: Type.Enum(["repository", "rule", "package", "secret", "owner"] as const),
});

export type GroupsQuery = Pick<Static<typeof groupsQuery>, "by"> & Partial<Static<typeof groupsQuery>>;

/** Groups with the most urgent issue first. `key` filters the list: an id, a rule, `ecosystem/name`, a fingerprint, an owner. */
export const groupsAnswer = pageOf(
  Type.Object({
    key: Type.String(),
    title: Type.String(),
    count: Type.Integer(),
    urgency: Type.Integer({ description: "Of its most urgent issue" }),
    first: Type.Array(issueRow),
  }),
);
export type IssueGroups = Static<typeof groupsAnswer>;

export const dismissMatchingBody = Type.Object(
  {
    filter: Type.Object(issueCriteria, { additionalProperties: false }),
    reason: Type.Enum(dismissReasons),
    comment: Type.Optional(Type.String({ maxLength: 4000 })),
    justification: Type.Optional(
      Type.Enum(justifications, { description: "For the vulnerabilities among them: why the product is not affected" }),
    ),
    until: Type.Optional(time),
  },
  { additionalProperties: false },
);

export type DismissMatchingBody = Static<typeof dismissMatchingBody>;

/** The most urgent go first; `left` are open still and fit, because one call takes so many only, or were refused. */
export const dismissMatchingAnswer = Type.Object({
  dismissed: Type.Integer(),
  pending: Type.Integer({ description: "Wait for a second person" }),
  refused: Type.Array(Type.Object({ issue: id, why: Type.String() })),
  left: Type.Integer(),
  leftIsExact: Type.Boolean(),
});
export type DismissMatching = Static<typeof dismissMatchingAnswer>;
