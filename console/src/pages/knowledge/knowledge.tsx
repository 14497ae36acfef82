/** What Sallyport knows of advisories: from where, how old, how much, and what went wrong; administrators fetch it anew. */
import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Knowledge } from "#api/knowledge/contract.ts";
import { ask, tell } from "../../api.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Prose } from "../../ui/prose.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Listing } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Trail } from "../../ui/trail.tsx";
import { useIsAdministrator } from "../../ui/use-is-administrator.ts";
import { useNow } from "../../ui/use-now.ts";
import { EcosystemTable } from "./ecosystem-table.tsx";
import classes from "./knowledge.module.css";
import { SourceTable } from "./source-table.tsx";

export function KnowledgePage() {
  const query = useQuery({
    ...ask.knowledge(),
    // What is fetched by itself brings no news.
    refetchInterval: ({ state }) => (state.data?.isRefreshing === true ? 2000 : 60_000),
  });
  const administers = useIsAdministrator();
  const { data } = query;
  return (
    <Page
      title="Advisories"
      lead={data === undefined ? undefined : <Lead knowledge={data} />}
      trail={
        <Trail>
          <span>Settings</span>
        </Trail>
      }
      actions={data === undefined || !administers ? undefined : <Refresh isRefreshing={data.isRefreshing} />}
    >
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(knowledge) => <Content knowledge={knowledge} />}
      </Listing>
    </Page>
  );
}

function Lead({ knowledge: { ecosystems, isRefreshing, nextRefresh } }: { readonly knowledge: Knowledge }) {
  const now = useNow(30_000);
  const total = ecosystems.reduce((sum, { advisories }) => sum + advisories, 0);
  return (
    <span className={classes.lead}>
      <span>{sayCount(total)} advisories, kept here: packages are judged without asking anybody.</span>
      {isRefreshing ? (
        <Tag tone="busy">Fetching what is new</Tag>
      ) : nextRefresh === null ? (
        <Tag tone="off">Nothing is fetched by itself</Tag>
      ) : (
        <span>
          {new Date(nextRefresh).getTime() <= now ? (
            "Fetched in a moment"
          ) : (
            <>
              Fetched next: <Moment at={nextRefresh} />
            </>
          )}
        </span>
      )}
    </span>
  );
}

function Refresh({ isRefreshing }: { readonly isRefreshing: boolean }) {
  const client = useQueryClient();
  const refresh = useMutation({
    mutationFn: tell.refreshKnowledge,
    onSuccess: (answer) => {
      client.setQueryData(ask.knowledge().queryKey, answer);
      sayDone("Sallyport fetches what is new. Packages are judged again when it is there.");
    },
    onError: (error) => sayFailed("Nothing was fetched", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["knowledge"] }),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={refresh.isPending || isRefreshing}
      onClick={() => refresh.mutate()}
    >
      Fetch now
    </Button>
  );
}

function Content({ knowledge }: { readonly knowledge: Knowledge }) {
  const { isSample, problems, sources, ecosystems } = knowledge;
  return (
    <>
      {isSample ? (
        <Notice title="This is a sample, not for decisions">
          Only the few advisories that come with Sallyport are there. Where the server may reach the sources, fetch them
          here; where it may not, run <code>sallyport advisories update</code> on a machine that may, and bring the
          result over with <code>sallyport advisories import</code>.
        </Notice>
      ) : null}
      {problems.length === 0 ? null : (
        <Notice title="Some of the copy cannot be used">
          {problems.map((problem) => (
            <p key={problem} className={classes.problem}>
              <Prose text={problem} />
            </p>
          ))}
        </Notice>
      )}
      <Panel title="Sources" flush>
        <SourceTable sources={sources} />
      </Panel>
      <Panel title="By ecosystem" flush>
        <EcosystemTable ecosystems={ecosystems} />
      </Panel>
    </>
  );
}
