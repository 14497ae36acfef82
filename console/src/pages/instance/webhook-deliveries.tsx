/** The log of a webhook: what it was told, what the address answered, and the way to send it again. */
import { Menu } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { DeliveryRow, WebhookRow } from "#api/webhooks/contract.ts";
import { ask, tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Empty } from "../../ui/empty.tsx";
import { Fold } from "../../ui/fold.tsx";
import { Moment } from "../../ui/moment.tsx";
import { sayFailed } from "../../ui/say.ts";
import type { Column } from "../../ui/table/data-table.tsx";
import { PagedTable } from "../../ui/table/paged-table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { deliveryStates, webhookEventLabels } from "../../ui/words.ts";
import classes from "./webhooks.module.css";

/** Each may show its body: fewer than elsewhere. */
const size = 20;

export function WebhookDeliveries({ webhook }: { readonly webhook: WebhookRow }) {
  const [page, setPage] = useState(1);
  const query = useQuery(ask.webhookDeliveries(webhook.id, { offset: (page - 1) * size, limit: size }));
  const again = useSendAgain(webhook);
  return (
    <section aria-label={`Deliveries to ${webhook.name}`}>
      <h2 className={classes.title}>Deliveries to {webhook.name}</h2>
      <PagedTable
        query={query}
        label={`Deliveries to ${webhook.name}`}
        columns={columns}
        rowId={({ id }) => id}
        rowName={sayEvent}
        menu={(row) => (
          <Menu.Item
            leftSection={<IconSend size={16} />}
            disabled={!webhook.enabled}
            onClick={() => again.mutate(row.id)}
          >
            Send it again
          </Menu.Item>
        )}
        page={page}
        size={size}
        one="delivery"
        many="deliveries"
        onPage={setPage}
        empty={
          <Empty icon={IconSend} title="Nothing was sent yet">
            What happens from now on is sent, and stands here with the answer. “Try it” sends a ping.
          </Empty>
        }
      />
    </section>
  );
}

function useSendAgain(webhook: WebhookRow) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => tell.redeliver(id),
    onError: (error) => sayFailed("It was not sent again", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["webhook-deliveries", webhook.id] }),
  });
}

function sayEvent({ event }: DeliveryRow): string {
  return (webhookEventLabels as Readonly<Record<string, string>>)[event] ?? event;
}

const columns: Column<DeliveryRow>[] = [
  {
    id: "state",
    header: "State",
    meta: { width: 130 },
    cell: ({ row }) => (
      <Tag tone={deliveryStates[row.original.state].tone}>{deliveryStates[row.original.state].label}</Tag>
    ),
  },
  {
    id: "event",
    header: "What it told",
    cell: ({ row: { original: row } }) => (
      <>
        {sayEvent(row)}
        <Fold summary="What was sent">
          <pre className={classes.body}>{readable(row.body)}</pre>
        </Fold>
      </>
    ),
  },
  {
    id: "answer",
    header: "Answer",
    cell: ({ row: { original: row } }) => <Answer delivery={row} />,
  },
  {
    id: "at",
    header: "Happened",
    meta: { width: 150, wideOnly: true },
    cell: ({ row }) => <Moment at={row.original.createdAt} />,
  },
];

function Answer({
  delivery: { lastStatus, lastAnswer, tries, triedAt, nextTry, state },
}: {
  readonly delivery: DeliveryRow;
}) {
  if (triedAt === null) return <span className={classes.quiet}>Not sent yet</span>;
  return (
    <div className={classes.answer}>
      {lastStatus === null ? null : <strong>{lastStatus} </strong>}
      {lastAnswer === null || lastAnswer === "" ? null : <span>{lastAnswer}</span>}
      <p className={classes.quiet}>
        {countOf(tries, "try", "tries")}, the last <Moment at={triedAt} />
        {nextTry === null || state !== "waiting" ? null : (
          <>
            , the next <Moment at={nextTry} />
          </>
        )}
      </p>
    </div>
  );
}

/** Indented; what was cut is shown as it is. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
