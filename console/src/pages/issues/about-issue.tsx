/** The facts of an issue: where it is, since when, what decided, which rule said so. */
import { Link } from "@tanstack/react-router";
import type { IssueDetail } from "#api/issues/contract.ts";
import type { Novelty } from "#model/policy.ts";
import type { OwnerSource } from "#model/urgency.ts";
import { Badges } from "../../ui/badges.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment, sayDay } from "../../ui/moment.tsx";
import classes from "./issue.module.css";
import { sayOwner } from "./say-owner.ts";
import { isOfSettings } from "./setting-of.tsx";

const ownerSources: Readonly<Record<OwnerSource, string>> = {
  file: "as a file of the repository says",
  commits: "who changed the file last",
  project: "the project: nobody else is known",
};

const noveltySaid: Readonly<Record<Novelty, string>> = {
  new: "New: a change brought it",
  backlog: "Backlog: it was there before anybody looked",
};

export function AboutIssue({ issue }: { readonly issue: IssueDetail }) {
  const { repository, resource } = issue;
  const ofSettings = isOfSettings(issue);
  return (
    <Facts>
      <Fact name={ofSettings ? "Place" : "Repository"}>
        <Link to="/issues" search={{ repositoryId: repository.id }} className={classes.plain}>
          {repository.name}
        </Link>{" "}
        <span className={classes.quiet}>
          in {repository.organization} / {repository.project}
        </span>
      </Fact>
      {ofSettings ? null : <Fact name="Branch">{issue.branch}</Fact>}
      {issue.owner === null ? null : (
        <Fact name="Owner">
          <Link to="/issues" search={{ owner: issue.owner.name }} className={classes.plain}>
            {sayOwner(issue.owner)}
          </Link>
          <span className={classes.quiet}>, {ownerSources[issue.owner.from]}</span>
        </Fact>
      )}
      {issue.due === null ? null : <Fact name="Due">{sayDay(issue.due.at)}</Fact>}
      <Fact name="New or backlog">{noveltySaid[issue.novelty]}</Fact>
      <Fact name="First seen">
        <Moment at={issue.firstSeen} />
      </Fact>
      <Fact name="Last seen">
        <Moment at={issue.lastSeen} />
      </Fact>
      {issue.masked === null ? null : (
        <Fact name="Secret">
          <code>{issue.masked}</code>
        </Fact>
      )}
      {resource === null ? null : (
        <Fact name="Resource">
          <code>{resource.address}</code>
        </Fact>
      )}
      {issue.signals.length === 0 || ofSettings ? null : <Fact name="What decided">{issue.signals.join(", ")}</Fact>}
      <Fact name="Rule">
        {issue.words === null ? (
          <code>{issue.rule}</code>
        ) : (
          <Link to="/rules/$" params={{ _splat: issue.rule }} className={classes.plain}>
            <code>{issue.rule}</code>
          </Link>
        )}
      </Fact>
      {issue.aliases.length === 0 || issue.advisory !== null ? null : (
        <Fact name="Known as">
          <Badges words={issue.aliases} />
        </Fact>
      )}
    </Facts>
  );
}
