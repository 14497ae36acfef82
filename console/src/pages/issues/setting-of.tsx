/** What an issue of settings is about: the resource with its page in Azure DevOps, and what proves it. */
import { Link } from "@tanstack/react-router";
import type { IssueDetail } from "#api/issues/contract.ts";
import { Evidence } from "../../ui/evidence.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { useOrganizations } from "../../ui/use-organizations.ts";
import classes from "./issue.module.css";

export function isOfSettings({ at }: Pick<IssueDetail, "at">): boolean {
  return "setting" in at;
}

export function SettingOf({ issue }: { readonly issue: IssueDetail }) {
  const { at, repository, rule, signals, severity, instanceId } = issue;
  const { organizations } = useOrganizations(undefined);
  const organization = organizations.find(
    (one) => one.instanceId === instanceId && one.name === repository.organization,
  );
  if (!("setting" in at)) return null;
  const graded = `${severity}: `;
  const because = signals.find((signal) => signal.startsWith(graded))?.slice(graded.length);
  const evidence = signals.filter((signal) => !signal.startsWith(graded));
  return (
    <>
      <PanePart title="The setting">
        <Facts>
          <Fact name="Place">
            {repository.name} <span className={classes.quiet}>in {repository.organization}</span>
          </Fact>
          <Fact name="Resource">
            {at.url === undefined ? at.resource : <OutsideLink href={at.url}>{at.resource}</OutsideLink>}
          </Fact>
          {because === undefined ? null : <Fact name="So grave because">{because}</Fact>}
          <Fact name="All answers">
            <Link
              to="/posture/rules/$"
              params={{ _splat: rule }}
              search={{ organizationId: organization?.id }}
              className={classes.plain}
            >
              Posture of {repository.organization}
            </Link>
          </Fact>
        </Facts>
      </PanePart>
      {evidence.length === 0 ? null : (
        <PanePart title="What proves it">
          <Evidence evidence={evidence.map((what) => ({ what, url: null, at: null }))} />
        </PanePart>
      )}
    </>
  );
}
