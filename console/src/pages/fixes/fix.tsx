/** One fix: how far it is and why, what it changes, what it ends and brings in, what a person must still do. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { FixDetail } from "#api/fixes/contract.ts";
import { ask } from "../../api.ts";
import { countOf, shortCommit } from "../../ui/amounts.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Prose } from "../../ui/prose.tsx";
import { PaneContent, PanePart } from "../../ui/split/pane-content.tsx";
import { SidePane } from "../../ui/split/side-pane.tsx";
import { Tag } from "../../ui/tag.tsx";
import { fixStates, isLiveFix } from "../../ui/words.ts";
import { Diffs } from "../issues/diffs.tsx";
import classes from "./fix.module.css";
import { FixOrders } from "./fix-orders.tsx";
import { FixProblems } from "./fix-problems.tsx";
import { FixRisk } from "./fix-risk.tsx";
import { SaidOfFix } from "./said-of-fix.tsx";
import { sayAsker } from "./say-asker.ts";

const route = getRouteApi("/signed-in/fixes/$fixId");

export function FixPane() {
  const { fixId } = route.useParams();
  const navigate = useNavigate({ from: "/fixes/$fixId" });
  const query = useQuery({ ...ask.fix(fixId), refetchInterval: 10_000 });
  return (
    <SidePane label="Fix" query={query} onClose={() => void navigate({ to: "/fixes", search: (before) => before })}>
      {(fix) => <Fix key={fix.id} fix={fix} />}
    </SidePane>
  );
}

function Fix({ fix }: { readonly fix: FixDetail }) {
  const { state, pullRequest, reason, repository } = fix;
  // Of what never came to be written there is nothing to tell.
  const isTold = fix.headCommit !== null || isLiveFix(state);
  return (
    <PaneContent
      title={fix.title}
      marks={
        <>
          <Tag tone={fixStates[state].tone}>{fixStates[state].label}</Tag>
          <span>
            {repository.name} <span className={classes.quiet}>in {repository.project}</span>
          </span>
          {pullRequest === null ? null : (
            <span>
              <OutsideLink href={pullRequest.webUrl}>Pull request {pullRequest.number}</OutsideLink>
            </span>
          )}
        </>
      }
      head={
        <>
          <p className={classes.note}>
            <Prose text={reason ?? sayState[state]} />
          </p>
          <FixOrders fix={fix} />
        </>
      }
    >
      {fix.said.length === 0 ? null : (
        <PanePart title={fix.said.length === 1 ? "What you should know" : "What you should do and know"}>
          <SaidOfFix said={fix.said} />
        </PanePart>
      )}
      <PanePart title={`What it ends: ${countOf(fix.ends.length, "problem")}`}>
        <FixProblems problems={fix.ends} repositoryId={repository.id} />
      </PanePart>
      {isTold ? (
        <PanePart title="What it brings in">
          <FixRisk risk={fix.risk} isWritten={fix.headCommit !== null} newProblems={fix.adds.length} />
          {fix.adds.length === 0 ? null : <FixProblems problems={fix.adds} repositoryId={repository.id} />}
        </PanePart>
      ) : null}
      {fix.diff.length === 0 ? null : (
        <PanePart title="What it changes">
          <Diffs hunks={fix.diff} />
        </PanePart>
      )}
      <PanePart title="About">
        <About fix={fix} />
      </PanePart>
    </PaneContent>
  );
}

const sayState: Readonly<Record<FixDetail["state"], string>> = {
  planned: "It waits for its turn.",
  making: "The files are being edited; the result is scanned before anything is pushed.",
  rescanned: "Its scan is good. It is being pushed, and its pull request opened.",
  open: "Its scan is good, and its pull request waits for people.",
  merged: "Its pull request was completed; the next scan of the branch closes the issues.",
  "closed-by-people": "People closed it. It is made again only if a person asks.",
  abandoned: "It is over, and nothing was merged.",
  superseded: "Another fix took its place.",
  refused: "Nothing was pushed.",
  failed: "It did not work out, and nothing was pushed.",
};

function About({ fix }: { readonly fix: FixDetail }) {
  const { forPullRequest, baseCommit, headCommit, goal } = fix;
  return (
    <Facts>
      <Fact name="Asked for by">
        {sayAsker(fix.askedBy)}, <Moment at={fix.askedAt} />
      </Fact>
      <Fact name="Last change">
        <Moment at={fix.changedAt} />
      </Fact>
      {goal === "" ? null : <Fact name="Goes to">{goal}</Fact>}
      <Fact name="Into">
        <code>{fix.targetBranch}</code>
        {forPullRequest === null ? null : (
          <>
            {" "}
            of{" "}
            <Link
              to="/pull-requests/$repositoryId/$number"
              params={{ repositoryId: fix.repository.id, number: String(forPullRequest) }}
              className={classes.plain}
            >
              pull request {forPullRequest}
            </Link>
          </>
        )}
      </Fact>
      <Fact name="From">
        <code>{fix.branch}</code> <CopyText text={fix.branch} label="Copy the branch" />
      </Fact>
      {baseCommit === null ? null : (
        <Fact name="Commits">
          <code>{shortCommit(baseCommit)}</code>
          {headCommit === null ? null : (
            <>
              {" to "}
              <code>{shortCommit(headCommit)}</code> <CopyText text={headCommit} label="Copy the commit" />
            </>
          )}
        </Fact>
      )}
    </Facts>
  );
}
