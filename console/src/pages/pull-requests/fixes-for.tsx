/** Fixes that help a pull request: each comes as a pull request into its branch. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../../api.ts";
import { ItemList } from "../../ui/item-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tag } from "../../ui/tag.tsx";
import { fixStates } from "../../ui/words.ts";
import classes from "./pull-requests.module.css";

interface Properties {
  readonly repositoryId: string;
  readonly number: number;
}

export function FixesFor({ repositoryId, number }: Properties) {
  const pages = useInfiniteQuery(ask.fixes({ repositoryId, forPullRequest: number, limit: 200 })).data?.pages ?? [];
  const rows = pages.flatMap((page) => page.rows);
  if (rows.length === 0) return null;
  return (
    <Panel title="Fixes for it" flush>
      <ItemList>
        {rows.map(({ id, title, state, reason, pullRequest }) => (
          <li key={id}>
            <div className={classes.findingHead}>
              <Tag tone={fixStates[state].tone}>{fixStates[state].label}</Tag>
              <Link to="/fixes/$fixId" params={{ fixId: id }} className={classes.title}>
                {title}
              </Link>
              {pullRequest === null ? null : <span className={classes.quiet}>!{pullRequest.number}</span>}
            </div>
            {reason === null ? null : <p className={classes.quiet}>{reason}</p>}
          </li>
        ))}
      </ItemList>
    </Panel>
  );
}
