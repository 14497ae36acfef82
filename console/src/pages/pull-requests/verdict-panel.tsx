/** What the policies said last, and which of them decided. */
import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PullRequestDetail, PullRequestRow } from "#api/pull-requests/contract.ts";
import { tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { DecidedBy } from "./decided-by.tsx";
import classes from "./pull-requests.module.css";
import { VerdictTag } from "./verdict-tag.tsx";

export function VerdictPanel({ pullRequest }: { readonly pullRequest: PullRequestDetail }) {
  const { verdict, iteration, scan } = pullRequest;
  return (
    <Panel title="Verdict" aside={pullRequest.state === "active" ? <Rescan pullRequest={pullRequest} /> : undefined}>
      {verdict === null ? (
        <p className={classes.lead}>
          {pullRequest.scan === null
            ? "It was not scanned yet, so no policy has said anything."
            : "No policy has said anything of it yet."}
        </p>
      ) : (
        <>
          <p className={classes.verdict}>
            <VerdictTag outcome={verdict.outcome} />
            {verdict.decidedBy.length === 0 ? null : (
              <span>
                by <DecidedBy instanceId={pullRequest.instanceId} policies={verdict.decidedBy} />
              </span>
            )}
          </p>
          <p className={classes.lead}>
            {sayWhy(pullRequest)}
            {verdict.iteration === null || iteration === null || verdict.iteration >= iteration
              ? null
              : ` It is about iteration ${verdict.iteration}; the newest is ${iteration}.`}{" "}
            <span className={classes.quiet}>
              Decided <Moment at={verdict.at} />.
            </span>
          </p>
          {scan?.outcome === "partial" ? (
            <p className={classes.lead}>
              Not everything could be examined:{" "}
              <Link to="/scans/$scanId" params={{ scanId: scan.id }}>
                what is missing
              </Link>
              .
            </p>
          ) : null}
        </>
      )}
    </Panel>
  );
}

function sayWhy({ verdict, introduced }: PullRequestDetail): string {
  const open = introduced.filter(({ state }) => state === "open");
  const blocking = open.filter(({ actions }) => actions.some(({ action }) => action === "block"));
  const graced = open.filter(({ graceUntil }) => graceUntil !== null);
  if (verdict?.outcome === "unfinished") {
    return "The scan did not end in the time that a policy allows, and that policy fails closed.";
  }
  if (blocking.length > 0) {
    const rest = open.length - blocking.length;
    return `${countOf(blocking.length, "problem blocks", "problems block")} it${
      rest === 0 ? "" : `; ${rest === 1 ? "another does" : `${rest} others do`} not`
    }.`;
  }
  if (graced.length > 0) return `${countOf(graced.length, "problem is", "problems are")} in the days of grace.`;
  return open.length === 0
    ? "Nothing that it brings in is open."
    : `${countOf(open.length, "problem is", "problems are")} open, and no policy blocks on ${open.length === 1 ? "it" : "them"}.`;
}

function Rescan({ pullRequest: { repository, number } }: { readonly pullRequest: PullRequestRow }) {
  const client = useQueryClient();
  const scan = useMutation({
    mutationFn: () => tell.scanPullRequest(repository.id, number),
    onSuccess: () => sayDone("It is scanned again; the verdict follows."),
    onError: (error) => sayFailed("It was not scanned again", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["scans"] }),
  });
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconRefresh size={15} />}
      loading={scan.isPending}
      onClick={() => scan.mutate()}
    >
      Scan again
    </Button>
  );
}
