/** What the instance does besides scanning, with what its sign-in does not carry. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask, tell } from "../../api.ts";
import { FeatureSwitches } from "../../ui/connection/feature-switches.tsx";
import { warningsOf } from "../../ui/connection/warnings-of.ts";
import { Panel } from "../../ui/panel.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";

export function EditFeatures({ instance }: { readonly instance: InstanceDetail }) {
  const client = useQueryClient();
  const health = useQuery(ask.instanceHealth(instance.id));
  const [features, setFeatures] = useState(instance.features);
  const changed = JSON.stringify(features) !== JSON.stringify(instance.features);
  const used = (health.data?.credentials ?? []).filter((credential) => credential.isInUse);
  const save = useMutation({
    mutationFn: () => tell.editInstance(instance.id, { features }),
    onSuccess: async () => {
      sayDone("The switches are saved.");
      await client.invalidateQueries({ queryKey: ["instances"] });
    },
    onError: (error) => sayFailed("The switches were not saved", error),
  });
  return (
    <Panel title="What it does besides scanning">
      <FeatureSwitches
        features={features}
        warnings={warningsOf(used.map((credential) => credential.preflight))}
        onChange={setFeatures}
      />
      <Button mt="lg" loading={save.isPending} disabled={!changed} onClick={() => save.mutate()}>
        Save the switches
      </Button>
    </Panel>
  );
}
