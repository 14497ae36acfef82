/** Rules under the heads of their categories; j and k step from one to the next, and through what is open. */
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { PostureRuleRow } from "#api/posture/contract.ts";
import { sayCount } from "../../ui/amounts.ts";
import { postureAnswers, postureCategoryLabels } from "../../ui/posture-words.ts";
import { SeverityCounts, SeverityMark } from "../../ui/severity.tsx";
import { Tag } from "../../ui/tag.tsx";
import { usePageKeys } from "../../ui/use-page-keys.ts";
import classes from "./rule-groups.module.css";

interface Properties {
  readonly rules: readonly PostureRuleRow[];
  readonly openId: string | undefined;
  readonly stale: boolean;
}

export function RuleGroups({ rules, openId, stale }: Properties) {
  const scroller = useRef<HTMLElement>(null);
  // The server has the worst first: so have the categories.
  const groups = [...Map.groupBy(rules, ({ category }) => category)];
  useStepping(
    scroller,
    groups.flatMap(([, ofGroup]) => ofGroup.map(({ id }) => id)),
    openId,
  );
  return (
    <section ref={scroller} className={classes.groups} data-stale={stale || undefined} aria-label="Rules by category">
      {groups.map(([category, ofGroup]) => (
        <div key={category}>
          <h2 className={classes.head}>
            {postureCategoryLabels[category]}
            <span className={classes.count}>{sayCount(ofGroup.length)}</span>
          </h2>
          <ul className={classes.rules} aria-label={postureCategoryLabels[category]}>
            {ofGroup.map((rule) => (
              <Rule key={rule.id} rule={rule} isOpen={rule.id === openId} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Rule({ rule, isOpen }: { readonly rule: PostureRuleRow; readonly isOpen: boolean }) {
  const { id, title, severity, fail, notEvaluated, pass, failures } = rule;
  const hasNone = fail + notEvaluated + pass === 0;
  return (
    <li
      className={classes.rule}
      data-open={isOpen || undefined}
      data-none={hasNone || undefined}
      data-fails={fail > 0 || undefined}
    >
      <SeverityMark severity={severity} />
      <span className={classes.words}>
        <Link
          from="/posture/rules"
          to="/posture/rules/$"
          params={{ _splat: id }}
          search={(before) => before}
          className={classes.link}
          aria-current={isOpen || undefined}
          preload={false}
        >
          {title}
        </Link>
        <span className={classes.id}>{id}</span>
      </span>
      <span className={classes.answers}>
        {hasNone ? (
          <span className={classes.nothing}>Nothing of this kind</span>
        ) : fail > 0 ? (
          <SeverityCounts counts={failures} />
        ) : notEvaluated > 0 ? null : (
          <Tag tone={postureAnswers.pass.tone}>{postureAnswers.pass.label}</Tag>
        )}
        {notEvaluated === 0 ? null : (
          <Tag tone={postureAnswers["not-evaluated"].tone}>
            {sayCount(notEvaluated)} {postureAnswers["not-evaluated"].label.toLowerCase()}
          </Tag>
        )}
      </span>
    </li>
  );
}

function useStepping(
  scroller: React.RefObject<HTMLElement | null>,
  ids: readonly string[],
  openId: string | undefined,
): void {
  const navigate = useNavigate({ from: "/posture/rules" });
  const step = (by: 1 | -1) => {
    const next = ids[ids.indexOf(openId ?? "") + by];
    if (openId) {
      if (next === undefined) return;
      void navigate({ to: "/posture/rules/$", params: { _splat: next }, search: (before) => before, replace: true });
      return;
    }
    const links = [...(scroller.current?.querySelectorAll<HTMLElement>("li a") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  };
  usePageKeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
  ]);
  useEffect(() => {
    if (openId) scroller.current?.querySelector("[data-open]")?.scrollIntoView({ block: "nearest" });
  }, [openId, scroller]);
}
