/** Which issues of a repository one work item is about, and what it is called. */
import type { Finding } from "#model/finding.ts";
import type { IssueId } from "#model/ids.ts";
import { packageKey } from "#model/package-key.ts";
import type { WorkItemAskedBy, WorkItemGrouping } from "#model/work-item.ts";

export interface IssueToGroup {
  readonly id: IssueId;
  readonly finding: Finding;
}

export interface IssueGroup {
  readonly key: string;
  readonly title: string;
  readonly issues: readonly IssueId[];
}

export interface GroupingOptions {
  readonly repository: string;
  readonly grouping: WorkItemGrouping;
  /** Titles of rules by id. */
  readonly ruleTitles: ReadonlyMap<string, string>;
  readonly askedBy: WorkItemAskedBy;
  readonly policyName?: string | undefined;
  /** Groups that may be: with more, all are one. */
  readonly most: number;
  /** Groups that have a work item already, which takes its issues whatever else comes. */
  readonly liveKeys: ReadonlySet<string>;
}

export function groupIssues(issues: readonly IssueToGroup[], options: GroupingOptions): readonly IssueGroup[] {
  const { grouping, liveKeys, most } = options;
  const whole = keyOfAll(options.askedBy, issues);
  const groups = Map.groupBy(issues, ({ finding }) => (grouping === "policy" ? whole : keyOf(finding, grouping)));
  const fresh = [...groups].filter(([key]) => !liveKeys.has(key));
  const isOne = fresh.length > most || (liveKeys.has(whole) && fresh.length > 0);
  const joined = fresh.flatMap(([, own]) => own);
  const apart = [...groups].filter(([key]) => !isOne || liveKeys.has(key));
  const all = isOne ? [...apart.filter(([key]) => key !== whole), joinedGroup(whole, groups, joined)] : apart;
  return all.map(([key, own]) => ({
    key,
    title: titleOf(own, key === whole ? "policy" : grouping, options),
    issues: own.map(({ id }) => id),
  }));
}

function joinedGroup(
  whole: string,
  groups: ReadonlyMap<string, readonly IssueToGroup[]>,
  joined: readonly IssueToGroup[],
): readonly [string, readonly IssueToGroup[]] {
  const own = groups.get(whole) ?? [];
  return [whole, [...own.filter((one) => !joined.includes(one)), ...joined]];
}

/** Of all that a policy asks for, or of what a person has chosen at once. */
function keyOfAll(askedBy: WorkItemAskedBy, issues: readonly IssueToGroup[]): string {
  return askedBy.is === "policy" ? `policy ${askedBy.policy}` : `choice ${issues[0]?.id ?? ""}`;
}

function keyOf(finding: Finding, grouping: WorkItemGrouping): string {
  if (grouping === "issue") return `issue ${finding.fingerprint}`;
  const { package: of, rule } = finding;
  return of ? `package ${of.ecosystem} ${packageKey(of.ecosystem, of.name)}` : `rule ${rule}`;
}

function titleOf(
  own: readonly IssueToGroup[],
  grouping: WorkItemGrouping,
  { repository, ruleTitles, askedBy, policyName }: GroupingOptions,
): string {
  const [first] = own;
  const finding = first?.finding;
  if (grouping === "policy" || !finding) {
    return askedBy.is === "policy"
      ? `${repository}: security problems that the policy "${policyName ?? askedBy.policy}" names`
      : `${repository}: security problems`;
  }
  if (own.length === 1 && grouping === "issue") return `${repository}: ${finding.message}`;
  const { package: of, rule } = finding;
  return of
    ? `${repository}: security problems of the package ${of.name}`
    : `${repository}: ${ruleTitles.get(rule) ?? rule}`;
}
