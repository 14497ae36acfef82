/** What an issue is called: the rule's title, or, where one rule stands for thousands of packages, the sentence about this one. */
import type { IssueRow } from "#api/issues/contract.ts";

const ofPackages: readonly IssueRow["scanner"][] = ["vulnerabilities", "licenses", "operational-risk"];
const longest = 200;

export function saysOwnTitle(scanner: IssueRow["scanner"]): boolean {
  return ofPackages.includes(scanner);
}

export function titleOf({ scanner, title, message }: Pick<IssueRow, "scanner" | "title" | "message">): string {
  return saysOwnTitle(scanner) && message.length <= longest ? message : title;
}
