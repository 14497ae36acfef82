/** One policy: what it finds, why it matters, what to do, who else knows it, and what was decided about it. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { RuleDetail } from "#api/rules/contract.ts";
import { ask } from "../../api.ts";
import { Advice } from "../../ui/advice.tsx";
import { countOf } from "../../ui/amounts.ts";
import { Badges } from "../../ui/badges.tsx";
import { ControlsOf } from "../../ui/controls.tsx";
import { CopyText } from "../../ui/copy-text.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Prose } from "../../ui/prose.tsx";
import { Severity } from "../../ui/severity.tsx";
import { PaneContent, PanePart } from "../../ui/split/pane-content.tsx";
import { SidePane } from "../../ui/split/side-pane.tsx";
import { frameworkLabels, scannerLabels } from "../../ui/words.ts";
import classes from "./policies.module.css";
import { PolicySettings } from "./policy-settings.tsx";
import { SettingsInShort } from "./settings-in-short.tsx";

const route = getRouteApi("/signed-in/policies/$");

export function PolicyPane() {
  const { _splat: id = "" } = route.useParams();
  const navigate = useNavigate({ from: "/policies/$" });
  const query = useQuery(ask.rule(id));
  return (
    <SidePane
      label="Policy"
      query={query}
      onClose={() => void navigate({ to: "/policies", search: (before) => before })}
    >
      {(policy) => <Policy key={policy.id} policy={policy} />}
    </SidePane>
  );
}

function Policy({ policy }: { readonly policy: RuleDetail }) {
  return (
    <PaneContent
      title={policy.title}
      marks={
        <>
          <Severity severity={policy.severity} />
          <SettingsInShort policy={policy} />
          <span className={classes.quiet}>{scannerLabels[policy.scanner]}</span>
        </>
      }
      head={
        <p className={classes.name}>
          <code>{policy.id}</code>
          <CopyText text={policy.id} label="Copy the id" />
          <OpenIssues policy={policy} />
        </p>
      }
    >
      <Advice words={policy} />
      <PanePart title="Setting">
        <PolicySettings policy={policy} />
      </PanePart>
      {policy.provider === null && policy.aliases.length + policy.frameworks.length === 0 ? null : (
        <PanePart title="About">
          <About policy={policy} />
        </PanePart>
      )}
      {policy.controls === null ? null : (
        <PanePart title="Controls">
          <ControlsOf controls={policy.controls} />
        </PanePart>
      )}
    </PaneContent>
  );
}

function OpenIssues({ policy: { id } }: { readonly policy: RuleDetail }) {
  const total = useInfiniteQuery(ask.issues({ rule: id, state: ["open"], limit: 1 })).data?.pages[0]?.total;
  if (total === undefined) return null;
  if (total === 0) return <span className={classes.quiet}>No open issue</span>;
  return (
    <Link to="/issues" search={{ rule: id }} className={classes.plain}>
      {countOf(total, "open issue")}
    </Link>
  );
}

function About({ policy }: { readonly policy: RuleDetail }) {
  const { aliases, frameworks, resourceTypes, provider, looksLike } = policy;
  return (
    <Facts>
      {provider === null ? null : <Fact name="Provider">{provider}</Fact>}
      {looksLike === null ? null : (
        <Fact name="Looks like">
          <Prose text={looksLike} />
        </Fact>
      )}
      {aliases.length === 0 ? null : (
        <Fact name="Known as">
          <Badges words={aliases} />
        </Fact>
      )}
      {frameworks.length === 0 ? null : (
        <Fact name="Looks at">{frameworks.map((one) => frameworkLabels[one] ?? one).join(", ")}</Fact>
      )}
      {resourceTypes.length === 0 ? null : (
        <Fact name="Resources">
          <Badges words={resourceTypes} />
        </Fact>
      )}
    </Facts>
  );
}
