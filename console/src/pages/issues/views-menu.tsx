/** Filters under a name: one's own, and those that others share; what is set now can be kept as another. */
import { Button, Menu, Stack, Switch, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBookmark, IconBookmarkPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { SavedView, SavedViewBody, SavedViews } from "#api/urgency/contract.ts";
import { ask, tell } from "../../api.ts";
import { filtersOf, type IssueFilters } from "../../search-filters.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";

export function ViewsMenu({ filters }: { readonly filters: IssueFilters }) {
  const navigate = useNavigate({ from: "/issues" });
  const { data } = useQuery(ask.issueViews());
  const [saving, dialog] = useDisclosure(false);
  const remove = useChange((id: string) => tell.deleteIssueView(id), "The view is deleted.");
  const rows = data?.rows ?? [];
  const mine = rows.filter(({ isMine }) => isMine);
  const query = queryOf(filters);
  const shown = rows.find((view) => isSame(view.query, query));
  const open = ({ query: kept }: SavedView) => void navigate({ to: "/issues", search: filtersOf.issues(kept) });
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} />}>
            {shown?.name ?? "Views"}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Views label="Yours" views={mine} shown={shown} onOpen={open} />
          <Views label="Shared" views={rows.filter(({ isMine }) => !isMine)} shown={shown} onOpen={open} />
          {rows.length === 0 ? <Menu.Label>A view keeps filters, order and groups</Menu.Label> : <Menu.Divider />}
          <Menu.Item leftSection={<IconBookmarkPlus size={16} />} onClick={dialog.open}>
            Keep what is set now
          </Menu.Item>
          {shown?.isMine === true ? (
            <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => remove.mutate(shown.id)}>
              Delete “{shown.name}”
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <Dialog title="Keep this view" opened={saving} onClose={dialog.close}>
        <SaveView query={query} onClose={dialog.close} />
      </Dialog>
    </>
  );
}

interface ViewsProperties {
  readonly label: string;
  readonly views: readonly SavedView[];
  readonly shown: SavedView | undefined;
  readonly onOpen: (view: SavedView) => void;
}

function Views({ label, views, shown, onOpen }: ViewsProperties) {
  if (views.length === 0) return null;
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {views.map((view) => (
        <Menu.Item
          key={view.id}
          aria-current={view === shown || undefined}
          fw={view === shown ? 600 : undefined}
          onClick={() => onOpen(view)}
        >
          {view.name}
          {view.isMine ? (view.shared ? " (shared)" : "") : `, by ${view.by}`}
        </Menu.Item>
      ))}
    </>
  );
}

interface SaveProperties {
  readonly query: SavedViewBody["query"];
  readonly onClose: () => void;
}

function SaveView({ query, onClose }: SaveProperties) {
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useChange((body: SavedViewBody) => tell.saveIssueView(body), "The view is kept.", onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name: name.trim(), query, shared, instanceId: query.instanceId?.[0] ?? null });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          data-autofocus
          label="Name"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Switch
          label="For everybody"
          description="Each sees in it only what they may see"
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <DialogEnd onCancel={onClose} isBusy={save.isPending} isDisabled={name.trim() === ""}>
          Keep it
        </DialogEnd>
      </Stack>
    </form>
  );
}

function useChange<Given>(change: (given: Given) => Promise<SavedViews>, done: string, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (views) => {
      client.setQueryData(ask.issueViews().queryKey, views);
      sayDone(done);
      onDone?.();
    },
    onError: (error) => sayFailed("The views were not changed", error),
  });
}

/** As the address has them: lists of words. */
function queryOf(filters: IssueFilters): SavedViewBody["query"] {
  const entries = Object.entries(filters).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value : [String(value)]]));
}

function isSame(one: SavedViewBody["query"], other: SavedViewBody["query"]): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name]?.join("\n") === other[name]?.join("\n"));
}
