/** One issue: what it is, where, why it matters, what to do, what was decided. */
import { ActionIcon, Title, Tooltip } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { IssueDetail } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Moment, sayDay } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { useTitle } from "../../ui/page.tsx";
import { Severity } from "../../ui/severity.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import { sayPlace } from "../../ui/target.ts";
import { dismissReasonLabels, issueStates, scannerLabels } from "../../ui/words.ts";
import { Decision } from "./decision.tsx";
import { ExcerptOf } from "./excerpt.tsx";
import { History } from "./history.tsx";
import classes from "./issue.module.css";
import frame from "./issues.module.css";

const route = getRouteApi("/signed-in/issues/$issueId");

export function IssuePane() {
  const { issueId } = route.useParams();
  const navigate = useNavigate({ from: "/issues/$issueId" });
  const query = useQuery(ask.issue(issueId));
  const close = () => void navigate({ to: "/issues", search: (before) => before });
  useHotkeys([["Escape", close]]);
  return (
    <article className={frame.pane} aria-label="Issue">
      <span className={classes.close}>
        <Tooltip label="Close (Esc)">
          <ActionIcon variant="subtle" color="gray" aria-label="Close the issue" onClick={close}>
            <IconX size={18} />
          </ActionIcon>
        </Tooltip>
      </span>
      {query.data !== undefined ? (
        <Issue key={issueId} issue={query.data} />
      ) : query.error !== null ? (
        <Failure error={query.error} retry={() => query.refetch()} />
      ) : (
        <Waiting rows={8} />
      )}
    </article>
  );
}

function Issue({ issue }: { readonly issue: IssueDetail }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(issue.title);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const { words } = issue;
  return (
    <div className={classes.issue}>
      <header>
        <div className={classes.marks}>
          <Severity severity={issue.severity} />
          <Tag tone={issueStates[issue.state.is].tone}>{issueStates[issue.state.is].label}</Tag>
          <span className={classes.quiet}>{scannerLabels[issue.scanner]}</span>
        </div>
        <Title order={2} ref={heading} tabIndex={-1} className={classes.title}>
          {issue.title}
        </Title>
        {issue.message === `${issue.title}.` ? null : <p className={classes.message}>{issue.message}</p>}
        <StateNote issue={issue} />
        <Decision issue={issue} />
      </header>
      <section aria-label="Code">
        <ExcerptOf issue={issue} />
      </section>
      {words === null ? (
        <p className={classes.quiet}>
          This version of Sallyport no longer has the rule {issue.rule}; the issue stays until a scan of its branch
          decides.
        </p>
      ) : (
        <div className={classes.advice}>
          <section>
            <Title order={3}>Why it matters</Title>
            <p>{words.why}</p>
          </section>
          <section>
            <Title order={3}>How to fix it</Title>
            <p className={classes.fix}>{words.fix}</p>
            {words.links.length === 0 ? null : (
              <ul className={classes.links}>
                {words.links.map((link) => (
                  <li key={link}>
                    <OutsideLink href={link}>{sayLink(link)}</OutsideLink>
                  </li>
                ))}
              </ul>
            )}
          </section>
        </div>
      )}
      <section>
        <Title order={3}>Where</Title>
        <Places issue={issue} />
      </section>
      <section>
        <Title order={3}>About</Title>
        <About issue={issue} />
      </section>
      <section>
        <Title order={3}>History</Title>
        <History issue={issue} />
      </section>
    </div>
  );
}

function StateNote({ issue }: { readonly issue: IssueDetail }) {
  const { state } = issue;
  if (state.is === "fixed" && state.at !== undefined) {
    return (
      <p className={classes.note}>
        No longer found since <Moment at={state.at} />.
      </p>
    );
  }
  if (state.is !== "dismissed") return null;
  return (
    <p className={classes.note}>
      {state.reason === undefined ? "Dismissed" : dismissReasonLabels[state.reason]}, said {state.by ?? "somebody"}
      {state.until === undefined ? "" : `; opens again on ${sayDay(state.until)}`}.
      {state.comment === undefined ? null : <q className={classes.quote}>{state.comment}</q>}
    </p>
  );
}

function Places({ issue }: { readonly issue: IssueDetail }) {
  if (issue.occurrences.length === 0) {
    return <p className={classes.quiet}>It is no longer anywhere on the branch {issue.branch}.</p>;
  }
  return (
    <ul className={classes.places}>
      {issue.occurrences.map(({ at, webUrl }) => {
        const place = sayPlace(at);
        return (
          <li key={place}>
            <code>{place}</code>
            <CopyText text={place} label="Copy the place" />
            {webUrl === null ? null : <OutsideLink href={webUrl}>Open in Azure DevOps</OutsideLink>}
          </li>
        );
      })}
    </ul>
  );
}

function About({ issue }: { readonly issue: IssueDetail }) {
  const { repository } = issue;
  return (
    <Facts>
      <Fact name="Repository">
        <Link to="/issues" search={{ repositoryId: repository.id }} className={classes.plain}>
          {repository.name}
        </Link>{" "}
        <span className={classes.quiet}>
          in {repository.organization} / {repository.project}
        </span>
      </Fact>
      <Fact name="Branch">{issue.branch}</Fact>
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
      {issue.package === null ? null : <Fact name="Package">{issue.package.purl}</Fact>}
      {issue.resource === null ? null : (
        <Fact name="Resource">
          <code>{issue.resource.address}</code>
        </Fact>
      )}
      {issue.signals.length === 0 ? null : <Fact name="What decided">{issue.signals.join(", ")}</Fact>}
      <Fact name="Rule">
        <code>{issue.rule}</code>
        {issue.aliases.length === 0 ? "" : `, elsewhere ${issue.aliases.join(", ")}`}
      </Fact>
    </Facts>
  );
}

function sayLink(link: string): string {
  const url = URL.parse(link);
  return url === null ? link : `${url.hostname.replace(/^www\./, "")}${url.pathname.replace(/\/$/, "")}`;
}
