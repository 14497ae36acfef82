/** Live checks: which providers may be asked whether they still take a secret, what is sent to whom, and what that leaves there. */
import { Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment, useState } from "react";
import type { InstanceDetail } from "#api/instances/contract.ts";
import type { LiveCheckRow } from "#api/live-checks/contract.ts";
import { ask, tell } from "../../api.ts";
import { PanelStack } from "../../ui/columns.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Prose } from "../../ui/prose.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { ConfirmLiveCheck } from "./confirm-live-check.tsx";
import classes from "./instance.module.css";

interface Properties {
  readonly instance: InstanceDetail;
  readonly administers: boolean;
}

export function LiveChecksTab({ instance, administers }: Properties) {
  const query = useQuery(ask.liveChecks(instance.id));
  return (
    <PanelStack alone>
      <Panel title="What a live check is">
        <div className={classes.prose}>
          <p>
            The surest way to learn whether a secret still opens something is to ask its provider. Each provider below
            can be asked one harmless question that reads and changes nothing. Nobody is asked unless you switch it on
            here.
          </p>
          <p>
            For that question <strong>the secret itself leaves Sallyport</strong>: it goes over https to the one host
            that is named, which issued it, and nowhere else. What comes back is kept as live, not live or unknown; the
            secret and the answer’s text are not.
          </p>
        </div>
      </Panel>
      <Listing query={query} isEmpty={() => false} empty={null}>
        {({ rows }) => <Providers rows={rows} instance={instance} administers={administers} />}
      </Listing>
      {administers ? null : <p className={classes.quiet}>Administrators of Sallyport can switch them on and off.</p>}
    </PanelStack>
  );
}

function Providers({ rows, instance, administers }: Properties & { readonly rows: readonly LiveCheckRow[] }) {
  const [search, setSearch] = useState("");
  const [asking, setAsking] = useState<LiveCheckRow>();
  const change = useChange(instance);
  const words = search.toLowerCase().split(/\s+/);
  const found = rows.filter(({ title, host, rules }) => {
    const text = [title, host, ...rules].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const enabled = rows.filter((row) => row.enabled).length;
  return (
    <Panel
      title={`Providers: ${enabled === 0 ? "none is asked" : `${enabled} of ${rows.length} are asked`}`}
      flush
      aside={<SearchField label="Search providers" value={search} onChange={setSearch} />}
    >
      {found.length === 0 ? <p className={classes.nothing}>No provider has that in its name.</p> : null}
      <ItemList label="Providers">
        {found.map((row) => (
          <li key={row.provider} className={classes.check}>
            <div>
              <strong>{row.title}</strong> <span className={classes.quiet}>{row.host}</span>
              <p>
                <code>{row.request}</code>
              </p>
              <p className={classes.quiet}>
                Leaves there: <Prose text={row.trace} />
              </p>
              <p className={classes.quiet}>
                Asked about:{" "}
                {row.rules.map((rule, index) => (
                  <Fragment key={rule}>
                    {index === 0 ? null : ", "}
                    <Link to="/rules/$" params={{ _splat: rule }}>
                      {rule}
                    </Link>
                  </Fragment>
                ))}
              </p>
              {row.enabledBy === null || row.enabledAt === null ? null : (
                <p className={classes.quiet}>
                  Switched on by {row.enabledBy}, <Moment at={row.enabledAt} />
                </p>
              )}
            </div>
            {administers ? (
              <Switch
                aria-label={`Ask ${row.title}`}
                checked={row.enabled}
                disabled={change.isPending}
                onChange={(event) => {
                  if (event.currentTarget.checked) setAsking(row);
                  else change.mutate({ row, enabled: false });
                }}
              />
            ) : (
              <span>{row.enabled ? "On" : "Off"}</span>
            )}
          </li>
        ))}
      </ItemList>
      <ConfirmLiveCheck
        check={asking}
        instance={instance.name}
        onClose={() => setAsking(undefined)}
        onConfirm={(row) => {
          setAsking(undefined);
          change.mutate({ row, enabled: true });
        }}
      />
    </Panel>
  );
}

function useChange(instance: InstanceDetail) {
  const client = useQueryClient();
  const { queryKey } = ask.liveChecks(instance.id);
  return useMutation({
    mutationFn: ({ row: { provider }, enabled }: { readonly row: LiveCheckRow; readonly enabled: boolean }) =>
      tell.setLiveCheck(instance.id, { provider, enabled }),
    onSuccess: (answer, { row: { title }, enabled }) => {
      client.setQueryData(queryKey, answer);
      sayDone(enabled ? `${title} is asked about its secrets from now on.` : `${title} is not asked any more.`);
    },
    onError: (error) => sayFailed("The switch was not changed", error),
    // Not waited for: the switch shows the new state by now, and must take the next press.
    onSettled: () => {
      void client.invalidateQueries({ queryKey });
    },
  });
}
