/** Which repositories an instance takes: the wizard's step with the present choice. */
import { Button, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { EditInstanceBody, InstanceDetail, InstanceRepositories, TakesBody } from "#api/instances/contract.ts";
import type { Preview } from "#api/shapes/takes.ts";
import { ask, tell } from "../../api.ts";
import { SavedMeanwhile } from "../../ui/kept-form.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RepositoryChoice } from "../../ui/repository-choice/repository-choice.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Listing } from "../../ui/table/listing.tsx";
import { RemovedRepositories } from "./removed-repositories.tsx";

export function EditChoice({ instance }: { readonly instance: InstanceDetail }) {
  const query = useQuery({ ...ask.instanceRepositories(instance.id), staleTime: 60_000 });
  // What is being chosen stays while somebody else saves another choice.
  const [isChanged, setChanged] = useState(false);
  const now = `${instance.takes} ${JSON.stringify(instance.narrowing)}`;
  const [begun, setBegun] = useState(now);
  if (begun !== now && !isChanged) setBegun(now);
  return (
    <Panel title="Which repositories should Sallyport watch?">
      {begun === now ? null : <SavedMeanwhile by="Somebody" onTake={() => setChanged(false)} />}
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(answer) => (
          <ChoiceForm key={begun} instance={instance} known={answer} isChanged={isChanged} onChanged={setChanged} />
        )}
      </Listing>
    </Panel>
  );
}

interface Properties {
  readonly instance: InstanceDetail;
  readonly known: InstanceRepositories;
  readonly isChanged: boolean;
  readonly onChanged: (isChanged: boolean) => void;
}

function ChoiceForm({ instance, known, isChanged, onChanged }: Properties) {
  const client = useQueryClient();
  const [takes, setTakes] = useState<TakesBody>(() => presentChoice(instance, known));
  const [removed, setRemoved] = useState<Preview["removed"]>();
  const of = { is: "instances", id: instance.id } as const;
  const save = useMutation({
    mutationFn: (what: Pick<EditInstanceBody, "removed">) => tell.editInstance(instance.id, { takes, ...what }),
    onSuccess: async () => {
      onChanged(false);
      setRemoved(undefined);
      sayDone("The choice is saved.");
      await client.invalidateQueries({ queryKey: ["previews"] });
      await client.invalidateQueries({ queryKey: ["instances"] });
    },
    onError: (error) => sayFailed("The choice was not saved", error),
  });
  /** Asks first if something that is watched now would be no longer. */
  const review = useMutation({
    mutationFn: () => client.fetchQuery({ ...ask.preview(of, takes), staleTime: 0 }),
    onSuccess: (preview) => {
      if (preview.removed.repositories === 0) save.mutate({});
      else setRemoved(preview.removed);
    },
    onError: (error) => sayFailed("The choice was not saved", error),
  });
  return (
    <>
      <RepositoryChoice
        of={of}
        repositories={known.repositories}
        projects={known.projects}
        takes={takes}
        onChange={(next) => {
          setTakes(next);
          onChanged(true);
        }}
      />
      <Group mt="md">
        <Button
          loading={save.isPending || review.isPending}
          disabled={!isChanged || (takes.is === "list" && takes.repositories.length === 0)}
          onClick={() => review.mutate()}
        >
          Save the choice
        </Button>
      </Group>
      {removed === undefined ? null : (
        <RemovedRepositories
          removed={removed}
          busy={save.isPending}
          onClose={() => setRemoved(undefined)}
          onConfirm={(what) => save.mutate({ removed: what })}
        />
      )}
    </>
  );
}

function presentChoice(instance: InstanceDetail, known: InstanceRepositories): TakesBody {
  if (instance.takes === "list") {
    return { is: "list", repositories: known.repositories.filter((row) => row.chosen).map((row) => row.id) };
  }
  return { is: instance.takes, ...(instance.narrowing === null ? {} : { narrowing: instance.narrowing }) };
}
