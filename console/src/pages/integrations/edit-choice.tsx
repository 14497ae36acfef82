/** Which repositories an instance takes. */
import { Button, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InstanceDetail, InstanceRepositories, TakesBody } from "#api/instances/contract.ts";
import { ask, tell } from "../../api.ts";
import { Panel } from "../../ui/panel.tsx";
import { RepositoryChoice } from "../../ui/repository-choice/repository-choice.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { Listing } from "../../ui/table/listing.tsx";

export function EditChoice({ instance }: { readonly instance: InstanceDetail }) {
  const query = useQuery({ ...ask.instanceRepositories(instance.id), staleTime: 60_000 });
  return (
    <Panel title="Repositories">
      <Listing query={query} isEmpty={() => false} empty={null}>
        {(answer) => <ChoiceForm key={instance.takes} instance={instance} known={answer} />}
      </Listing>
    </Panel>
  );
}

interface Properties {
  readonly instance: InstanceDetail;
  readonly known: InstanceRepositories;
}

function ChoiceForm({ instance, known }: Properties) {
  const client = useQueryClient();
  const [chosen] = useState(() => known.repositories.filter((row) => row.chosen).map((row) => row.id));
  const [takes, setTakes] = useState<TakesBody>(() =>
    instance.takes === "list" ? { is: "list", repositories: chosen } : { is: instance.takes },
  );
  const [changed, setChanged] = useState(false);
  const save = useMutation({
    mutationFn: () => tell.editInstance(instance.id, { takes }),
    onSuccess: async () => {
      setChanged(false);
      sayDone("The choice is saved.");
      await client.invalidateQueries({ queryKey: ["instances"] });
    },
    onError: (error) => sayFailed("The choice was not saved", error),
  });
  return (
    <>
      <RepositoryChoice
        repositories={known.repositories}
        takes={takes}
        onChange={(next) => {
          setTakes(next);
          setChanged(true);
        }}
      />
      <Group mt="md">
        <Button
          loading={save.isPending}
          disabled={!changed || (takes.is === "list" && takes.repositories.length === 0)}
          onClick={() => save.mutate()}
        >
          Save the choice
        </Button>
      </Group>
    </>
  );
}
