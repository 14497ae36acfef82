/** The facts of an attack path: its rule, its issue, and since when it is there. */
import { Link } from "@tanstack/react-router";
import type { AttackPathDetail } from "#api/attack-paths/contract.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tag } from "../../ui/tag.tsx";
import { issueStates } from "../../ui/words.ts";
import classes from "./attack-paths.module.css";

export function AboutPath({ path }: { readonly path: AttackPathDetail }) {
  const { rule, title, issue, organizationId, firstSeen, seenAt, goneAt } = path;
  return (
    <Panel title="About">
      <Facts>
        <Fact name="Rule">
          <Link to="/posture/rules/$" params={{ _splat: rule }} search={{ organizationId }} className={classes.plain}>
            {title}
          </Link>
        </Fact>
        <Fact name="Issue">
          {issue === null ? (
            <span className={classes.quiet}>None</span>
          ) : (
            <Link to="/issues/$issueId" params={{ issueId: issue.id }} className={classes.plain}>
              <Tag tone={issueStates[issue.state].tone}>{issueStates[issue.state].label}</Tag>
            </Link>
          )}
        </Fact>
        <Fact name="First seen">
          <Moment at={firstSeen} />
        </Fact>
        <Fact name={goneAt === null ? "Last seen" : "Gone since"}>
          <Moment at={goneAt ?? seenAt} />
        </Fact>
      </Facts>
    </Panel>
  );
}
