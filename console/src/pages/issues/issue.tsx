/** One issue: what it is, where, why it matters, what to do, what was decided. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { IssueDetail } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { Advice } from "../../ui/advice.tsx";
import { ControlsOf } from "../../ui/controls.tsx";
import { CopyText } from "../../ui/copy-text.tsx";
import { DueTag } from "../../ui/due-tag.tsx";
import { Moment, sayDay } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Prose } from "../../ui/prose.tsx";
import { RiskFactors, RiskLevel } from "../../ui/risk-factors.tsx";
import { sayBranches } from "../../ui/secret-marks.tsx";
import { Severity, severityLabels } from "../../ui/severity.tsx";
import { SkipWords } from "../../ui/skip-words.tsx";
import { PaneContent, PanePart } from "../../ui/split/pane-content.tsx";
import { SidePane } from "../../ui/split/side-pane.tsx";
import { Tag } from "../../ui/tag.tsx";
import { sayPlace } from "../../ui/target.ts";
import { dismissReasonLabels, issueStates, scannerLabels } from "../../ui/words.ts";
import { AboutIssue } from "./about-issue.tsx";
import { AdvisoryOf } from "./advisory-of.tsx";
import { CodeOf } from "./code-of.tsx";
import { Decision } from "./decision.tsx";
import { ExceptionsOf } from "./exceptions-of.tsx";
import { FixesOf } from "./fixes-of.tsx";
import { History } from "./history.tsx";
import classes from "./issue.module.css";
import { LicenseOf } from "./license-of.tsx";
import { PackageOf } from "./package-of.tsx";
import { PoliciesOf } from "./policies-of.tsx";
import { ProposedFix } from "./proposed-fix.tsx";
import { SecretOf } from "./secret-of.tsx";
import { isOfSettings, SettingOf } from "./setting-of.tsx";
import { saysOwnTitle, titleOf } from "./title-of.ts";
import { UrgencyOf } from "./urgency-of.tsx";
import { WorkItemsOf } from "./work-items-of.tsx";

const route = getRouteApi("/signed-in/issues/$issueId");

export function IssuePane() {
  const { issueId } = route.useParams();
  const navigate = useNavigate({ from: "/issues/$issueId" });
  const query = useQuery(ask.issue(issueId));
  return (
    <SidePane label="Issue" query={query} onClose={() => void navigate({ to: "/issues", search: (before) => before })}>
      {(issue) => <Issue key={issueId} issue={issue} />}
    </SidePane>
  );
}

function Issue({ issue }: { readonly issue: IssueDetail }) {
  const { words, severity, state } = issue;
  return (
    <PaneContent
      title={titleOf(issue)}
      marks={
        <>
          <Severity severity={severity} />
          <Tag tone={issueStates[state.is].tone}>{issueStates[state.is].label}</Tag>
          <span className={classes.quiet}>{scannerLabels[issue.scanner]}</span>
          {state.is === "open" ? (
            <>
              <span>
                Urgency <strong>{issue.urgency}</strong>
              </span>
              {issue.due === null || issue.due.state === "none" ? null : <DueTag due={issue.due} />}
            </>
          ) : null}
        </>
      }
      head={
        <>
          <Message issue={issue} />
          <StateNote issue={issue} />
          {words === null || words.severity === severity || !isGradedByPeople(issue) ? null : (
            <p className={classes.note}>
              Graded {severityLabels[severity].toLowerCase()} in place of the rule’s own{" "}
              {severityLabels[words.severity].toLowerCase()}.
            </p>
          )}
          <Decision
            issues={[{ id: issue.id, state: state.is }]}
            isSecret={issue.scanner === "secrets"}
            areVulnerabilities={issue.scanner === "vulnerabilities"}
          />
        </>
      }
    >
      <ExceptionsOf issue={issue} />
      <PackageOf issue={issue} />
      {issue.scanner === "secrets" ? <SecretOf issue={issue} /> : null}
      {issue.advisory === null ? null : <AdvisoryOf advisory={issue.advisory} />}
      {issue.license === null ? null : <LicenseOf license={issue.license} />}
      {issue.risk === null ? null : (
        <PanePart title="The risk">
          <RiskLevel risk={issue.risk} />
          <RiskFactors risk={issue.risk} label="Risk factors" />
        </PanePart>
      )}
      {isOfSettings(issue) ? <SettingOf issue={issue} /> : <CodeOf issue={issue} />}
      {issue.fix === null ? null : <ProposedFix issue={issue} fix={issue.fix} />}
      <FixesOf issue={issue} />
      {words === null ? (
        <p className={classes.quiet}>
          This version of Sallyport does not come with the rule {issue.rule}; the issue stays until a scan of its branch
          decides.
        </p>
      ) : (
        <Advice words={words} />
      )}
      {state.is === "open" ? <UrgencyOf issue={issue} /> : null}
      <PoliciesOf issue={issue} />
      <WorkItemsOf issue={issue} />
      {isOfSettings(issue) ? null : (
        <PanePart title="Where">
          <Places issue={issue} />
        </PanePart>
      )}
      <PanePart title="About">
        <AboutIssue issue={issue} />
      </PanePart>
      {words?.controls == null ? null : (
        <PanePart title="Controls">
          <ControlsOf controls={words.controls} />
        </PanePart>
      )}
      <PanePart title="History">
        <History issue={issue} />
      </PanePart>
    </PaneContent>
  );
}

/** Findings about packages bring a severity of their own: another one than the rule's says nothing by itself. */
function isGradedByPeople({ scanner, events }: IssueDetail): boolean {
  return !saysOwnTitle(scanner) || events.some(({ severity }) => severity !== null);
}

/** What it says beyond the title and, with the code, the resource. */
function Message({ issue }: { readonly issue: IssueDetail }) {
  const { title, message, resource } = issue;
  if (titleOf(issue) === message) return null;
  const known = [`${title}: `, ...(resource?.at ? [`${resource.address}: `, resource.address] : []), `${title}.`];
  const rest = known.reduce((text, words) => (text.startsWith(words) ? text.slice(words.length) : text), message);
  return rest === "" ? null : (
    <p className={classes.message}>
      <Prose text={rest} />
    </p>
  );
}

function StateNote({ issue: { state, events, branch, onlyInHistory, branches } }: { readonly issue: IssueDetail }) {
  const last = events.at(-1);
  if (state.is === "fixed" && last?.is === "rule-off") {
    return (
      <p className={classes.note}>
        Nobody fixed it: {last.by ?? "somebody"} switched its rule off. It comes back when the rule is switched on
        again, if it is still there.
      </p>
    );
  }
  if (state.is === "fixed" && state.at !== undefined) {
    return (
      <p className={classes.note}>
        No longer found since <Moment at={state.at} />.
      </p>
    );
  }
  if (state.is === "silenced") {
    return (
      <p className={classes.note}>
        {state.skip === undefined ? null : <SkipWords skip={state.skip} />} Not counted as open; it opens again when the
        skip is removed.
      </p>
    );
  }
  if (state.is === "open" && onlyInHistory) {
    return (
      <p className={classes.note}>
        {branches.length > 0
          ? `It stands in ${sayBranches(branches, 4)}, not in ${branch}. Revoke it before it is merged: its history keeps it.`
          : "No branch holds it any more, but the history does."}{" "}
        It stays open until somebody says that it was rotated.
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
    return <p className={classes.quiet}>It is nowhere on the branch {issue.branch} now.</p>;
  }
  return (
    <ul className={classes.places}>
      {issue.occurrences.map(({ at, skip, webUrl }) => {
        const place = sayPlace(at);
        return (
          <li key={place}>
            <code>{place}</code>
            <CopyText text={place} label="Copy the place" />
            {webUrl === null ? null : <OutsideLink href={webUrl}>Open in Azure DevOps</OutsideLink>}
            {skip === null || issue.state.is === "silenced" ? null : <SkipWords skip={skip} />}
          </li>
        );
      })}
    </ul>
  );
}
