/** One rule on settings: what it says of each resource, why it matters, how it is abused, and what to set. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { PostureRuleDetail } from "#api/posture/contract.ts";
import { ask } from "../../api.ts";
import { Advice } from "../../ui/advice.tsx";
import { Badges } from "../../ui/badges.tsx";
import { CopyText } from "../../ui/copy-text.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { postureCategoryLabels } from "../../ui/posture-words.ts";
import { Prose } from "../../ui/prose.tsx";
import { Severity } from "../../ui/severity.tsx";
import { PaneContent, PanePart } from "../../ui/split/pane-content.tsx";
import { SidePane } from "../../ui/split/side-pane.tsx";
import { useOrganizations } from "../../ui/use-organizations.ts";
import { AnswerBar } from "./answer-bar.tsx";
import classes from "./posture-rule.module.css";
import { Results } from "./results.tsx";

const route = getRouteApi("/signed-in/posture/rules/$");
const list = getRouteApi("/signed-in/posture/rules");

export function PostureRulePane() {
  const { _splat: rule = "" } = route.useParams();
  const { organizationId, category: _category, ...filters } = list.useSearch();
  const navigate = useNavigate({ from: "/posture/rules/$" });
  const { organization } = useOrganizations(organizationId);
  const query = useInfiniteQuery({
    ...ask.postureRule(organization?.id ?? "", rule, filters),
    enabled: organization !== undefined,
  });
  return (
    <SidePane
      label="Rule"
      query={{ data: query.data, error: query.error, refetch: query.refetch }}
      onClose={() => void navigate({ to: "/posture/rules", search: (before) => before })}
    >
      {({ pages }) => (
        <Content key={rule} pages={pages} isFiltered={Object.values(filters).some((one) => one !== undefined)}>
          <MoreButton query={query} />
        </Content>
      )}
    </SidePane>
  );
}

interface Properties {
  readonly pages: readonly PostureRuleDetail[];
  readonly isFiltered: boolean;
  /** The way to more answers. */
  readonly children: ReactNode;
}

function Content({ pages, isFiltered, children }: Properties) {
  const [first] = pages;
  if (first === undefined) return null;
  const { rule } = first;
  const { id, title, severity, category, risks, abuse } = rule;
  return (
    <PaneContent
      title={title}
      marks={
        <>
          <Severity severity={severity} />
          <span className={classes.quiet}>{postureCategoryLabels[category]}</span>
          <Badges words={risks} />
        </>
      }
      head={
        <>
          <p className={classes.name}>
            <code>{id}</code>
            <CopyText text={id} label="Copy the id" />
            <Link to="/rules/$" params={{ _splat: id }} className={classes.plain}>
              Switch off or grade
            </Link>
          </p>
          <div className={classes.bar}>
            <AnswerBar counts={rule} />
          </div>
        </>
      }
    >
      <Results
        results={pages.flatMap(({ results }) => results.rows)}
        total={first.results.total}
        isFiltered={isFiltered}
      />
      {children}
      <Advice words={rule} />
      {abuse === "" ? null : (
        <PanePart title="How it is abused">
          <p>
            <Prose text={abuse} />
          </p>
        </PanePart>
      )}
    </PaneContent>
  );
}
