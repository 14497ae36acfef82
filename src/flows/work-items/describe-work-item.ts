/** The words of a work item: its description, and the comments on what changes. HTML, as Boards takes it. */
import type { WorkItem } from "#model/work-item.ts";
import type { IssueRow } from "#store/issues/issues.ts";

/** More are counted: nobody reads a list of two hundred. */
const listedIssues = 50;

export interface Place {
  /** Of the console, without a slash at the end. */
  readonly publicUrl: string;
}

export function workItemUrl({ publicUrl }: Place, { id }: Pick<WorkItem, "id">): string {
  return `${publicUrl}/work-items/${id}`;
}

export function descriptionOf(place: Place, item: WorkItem, issues: readonly IssueRow[]): string {
  const [first] = issues;
  const where = first ? ` in the repository <b>${escaped(first.repositoryName)}</b>` : "";
  const asker =
    item.askedBy.is === "policy"
      ? `The policy "${escaped(item.askedBy.policy)}" asked for it.`
      : `${escaped(item.askedBy.name)} asked for it.`;
  return [
    `<p>Sallyport found ${counted(issues.length)}${where}. ${asker}</p>`,
    listOf(place, issues),
    `<p><a href="${escaped(workItemUrl(place, item))}">Shown in Sallyport</a>. It is closed when all of them are fixed or dismissed, and opened again when one returns.</p>`,
  ].join("");
}

export interface WorkItemNews {
  readonly joined: readonly IssueRow[];
  readonly over: readonly IssueRow[];
  readonly returned: readonly IssueRow[];
  /** Left open. */
  readonly open: number;
}

/** `mark` makes it known again; it stands in the link. */
export function commentOf(place: Place, item: WorkItem, news: WorkItemNews, mark: string): string {
  const { joined, over, returned, open } = news;
  const parts = [
    ...(returned.length > 0 ? [`<p>${counted(returned.length)} came back:</p>${listOf(place, returned)}`] : []),
    ...(joined.length > 0 ? [`<p>${counted(joined.length)} joined:</p>${listOf(place, joined)}`] : []),
    ...(over.length > 0 ? [`<p>${counted(over.length)} fixed or dismissed:</p>${listOf(place, over)}`] : []),
  ];
  const left = open === 0 ? "Nothing is left." : `${counted(open)} left.`;
  return [
    ...parts,
    `<p>${left} <a href="${escaped(workItemUrl(place, item))}#${mark}">Shown in Sallyport</a></p>`,
  ].join("");
}

function counted(count: number): string {
  return count === 1 ? "1 security problem" : `${count} security problems`;
}

function listOf({ publicUrl }: Place, issues: readonly IssueRow[]): string {
  const shown = issues.slice(0, listedIssues).map(({ id, severity, message, path, line }) => {
    const at = path === "" ? "" : ` <i>${escaped(line === undefined ? path : `${path}:${line}`)}</i>`;
    return `<li>${severity}: <a href="${escaped(`${publicUrl}/issues/${id}`)}">${escaped(message.slice(0, 500))}</a>${at}</li>`;
  });
  const rest = issues.length > listedIssues ? [`<li>and ${issues.length - listedIssues} more</li>`] : [];
  return `<ul>${[...shown, ...rest].join("")}</ul>`;
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
