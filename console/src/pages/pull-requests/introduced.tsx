/** What a pull request brings in, in the order in which it matters: what blocks, what is open, and what is settled. */
import { Button } from "@mantine/core";
import { IconGitPullRequest, IconShieldCheck, IconTool } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { PullRequestDetail } from "#api/pull-requests/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Fold } from "../../ui/fold.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { LookAndAsk } from "../fixes/ask-for-fix.tsx";
import { IntroducedFinding } from "./introduced-finding.tsx";
import classes from "./pull-requests.module.css";

type Finding = PullRequestDetail["introduced"][number];

export function Introduced({ pullRequest }: { readonly pullRequest: PullRequestDetail }) {
  const { introduced, instanceId } = pullRequest;
  const open = introduced.filter(({ state }) => state === "open");
  const blocking = open.filter(blocks);
  const others = open.filter((finding) => !blocks(finding));
  const left = introduced.filter(({ state }) => state === "dismissed" || state === "silenced");
  const fixed = introduced.filter(({ state }) => state === "fixed");
  return (
    <Panel title="What it brings in" aside={<FixThem pullRequest={pullRequest} open={open} />} flush>
      {introduced.length === 0 ? (
        <Nothing scanned={pullRequest.scan?.outcome != null} />
      ) : (
        <>
          <Part
            instanceId={instanceId}
            title={countOf(blocking.length, "problem blocks", "problems block")}
            findings={blocking}
          />
          <Part
            instanceId={instanceId}
            title={countOf(others.length, "problem does not", "problems do not")}
            findings={others}
          />
          <Part
            instanceId={instanceId}
            title={`${countOf(left.length, "problem")} dismissed or silenced`}
            findings={left}
            folded
          />
          <Part
            instanceId={instanceId}
            title={`${countOf(fixed.length, "problem")} fixed since`}
            findings={fixed}
            folded
          />
        </>
      )}
    </Panel>
  );
}

function blocks({ actions }: Finding): boolean {
  return actions.some(({ action }) => action === "block");
}

interface PartProperties {
  readonly instanceId: string;
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly folded?: boolean;
}

function Part({ instanceId, title, findings, folded = false }: PartProperties) {
  if (findings.length === 0) return null;
  const list: ReactNode = (
    <ItemList label={title}>
      {findings.map((finding) => (
        <IntroducedFinding key={finding.fingerprint} finding={finding} instanceId={instanceId} />
      ))}
    </ItemList>
  );
  return (
    <section className={classes.part} aria-label={title}>
      {folded ? (
        <Fold summary={title}>{list}</Fold>
      ) : (
        <>
          <h3>{title}</h3>
          {list}
        </>
      )}
    </section>
  );
}

function Nothing({ scanned }: { readonly scanned: boolean }) {
  return (
    <Empty
      icon={scanned ? IconShieldCheck : IconGitPullRequest}
      title={scanned ? "It brings in nothing that the rules know" : "It has not been scanned yet"}
    >
      {scanned
        ? "Problems that the target branch has already do not count against a pull request."
        : "The scan begins when Azure DevOps tells of the pull request."}
    </Empty>
  );
}

interface FixProperties {
  readonly pullRequest: PullRequestDetail;
  readonly open: readonly Finding[];
}

/** As many as one order may hold. */
const most = 100;

function FixThem({ pullRequest, open }: FixProperties) {
  const [asking, setAsking] = useState(false);
  if (open.length === 0 || pullRequest.state !== "active") return null;
  const close = () => setAsking(false);
  return (
    <>
      <Button variant="default" size="compact-sm" leftSection={<IconTool size={15} />} onClick={() => setAsking(true)}>
        Ask for fixes
      </Button>
      <Dialog opened={asking} onClose={close} title={`Fixes for pull request !${pullRequest.number}`} size="820px">
        <LookAndAsk
          wish={{
            repositoryId: pullRequest.repository.id,
            pullRequest: pullRequest.number,
            fingerprints: open.slice(0, most).map(({ fingerprint }) => fingerprint),
          }}
          onBack={close}
          onAsked={close}
        />
      </Dialog>
    </>
  );
}
