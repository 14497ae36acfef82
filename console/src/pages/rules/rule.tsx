/** One rule: what it finds, why it matters, what to do, who else knows it, and what was decided about it. */
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
import { RuleSettings } from "./rule-settings.tsx";
import classes from "./rules.module.css";
import { SettingsInShort } from "./settings-in-short.tsx";

const route = getRouteApi("/signed-in/rules/$");

export function RulePane() {
  const { _splat: id = "" } = route.useParams();
  const navigate = useNavigate({ from: "/rules/$" });
  const query = useQuery(ask.rule(id));
  return (
    <SidePane label="Rule" query={query} onClose={() => void navigate({ to: "/rules", search: (before) => before })}>
      {(rule) => <Rule key={rule.id} rule={rule} />}
    </SidePane>
  );
}

function Rule({ rule }: { readonly rule: RuleDetail }) {
  return (
    <PaneContent
      title={rule.title}
      marks={
        <>
          <Severity severity={rule.severity} />
          <SettingsInShort rule={rule} />
          <span className={classes.quiet}>{scannerLabels[rule.scanner]}</span>
        </>
      }
      head={
        <p className={classes.name}>
          <code>{rule.id}</code>
          <CopyText text={rule.id} label="Copy the id" />
          <OpenIssues rule={rule} />
        </p>
      }
    >
      <Advice words={rule} />
      <PanePart title="Setting">
        <RuleSettings rule={rule} />
      </PanePart>
      {rule.provider === null && rule.aliases.length + rule.frameworks.length === 0 ? null : (
        <PanePart title="About">
          <About rule={rule} />
        </PanePart>
      )}
      {rule.controls === null ? null : (
        <PanePart title="Controls">
          <ControlsOf controls={rule.controls} />
        </PanePart>
      )}
    </PaneContent>
  );
}

function OpenIssues({ rule: { id } }: { readonly rule: RuleDetail }) {
  const first = useInfiniteQuery(ask.issues({ rule: id, state: ["open"], limit: 1 })).data?.pages[0];
  if (first === undefined) return null;
  const { total, isExact } = first;
  if (total === 0) return <span className={classes.quiet}>No open issue</span>;
  return (
    <Link to="/issues" search={{ rule: id }} className={classes.plain}>
      {isExact ? "" : "more than "}
      {countOf(total, "open issue")}
    </Link>
  );
}

function About({ rule }: { readonly rule: RuleDetail }) {
  const { aliases, frameworks, resourceTypes, provider, looksLike } = rule;
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
