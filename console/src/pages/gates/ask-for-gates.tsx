/** Asks for gates on many branches at once, or for their end. */
import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InstanceRow } from "#api/instances/contract.ts";
import { tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { countOf } from "../../ui/amounts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { RepositoryPicker } from "../../ui/repository-picker.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";

interface Properties {
  readonly instance: InstanceRow;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function AskForGates({ instance, opened, onClose }: Properties) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Ask for gates">
      <Form instance={instance} onClose={onClose} />
    </Dialog>
  );
}

type Where = "default" | "named";

function Form({ instance, onClose }: Omit<Properties, "opened">) {
  const [where, setWhere] = useState<Where>("default");
  const [branch, setBranch] = useState("");
  const [repositoryId, setRepositoryId] = useState<string>();
  const order = useGateOrder(instance.id, onClose);
  const send = (wanted: boolean) =>
    order.mutate({
      wanted,
      ...(where === "named" ? { branch: branch.trim() } : {}),
      ...(repositoryId === undefined ? {} : { repositoryIds: [repositoryId] }),
    });
  const mistake = order.error instanceof RequestError ? order.error.fields.get("branch") : undefined;
  const incomplete = where === "named" && branch.trim() === "";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send(true);
      }}
    >
      <Stack gap="md">
        <Text fz="sm">
          Sallyport makes a branch policy that requires its status, from its own account and anew with every push. It
          needs the right <i>Edit policies</i> in each project, and says so where it lacks it.
        </Text>
        <Radio.Group label="Branches" value={where} onChange={(value) => setWhere(value as Where)}>
          <Stack gap={8} mt={6}>
            <Radio value="default" label="The default branch of each repository" />
            <Radio
              value="named"
              label="A branch by name, or a folder of branches"
              description="release/* holds those of the future, too"
            />
          </Stack>
        </Radio.Group>
        {where === "named" ? (
          <TextInput
            label="Branch or folder"
            placeholder="main, release/*"
            maxLength={400}
            value={branch}
            error={mistake}
            onChange={(event) => setBranch(event.currentTarget.value)}
          />
        ) : null}
        <div>
          <Text fz="sm" fw={500} mb={4}>
            In which repository
          </Text>
          <RepositoryPicker instanceId={instance.id} repositoryId={repositoryId} onChange={setRepositoryId} />
          <Text fz="xs" c="dimmed" mt={4}>
            Empty means every repository that is scanned
          </Text>
        </div>
        <Group justify="flex-end">
          <Button variant="default" disabled={incomplete || order.isPending} onClick={() => send(false)}>
            Take gates away there
          </Button>
          <Button type="submit" disabled={incomplete} loading={order.isPending}>
            Ask for gates
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** One branch, or many: the answer does not wait for Azure DevOps. */
function useGateOrder(instanceId: string, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Parameters<typeof tell.askForGates>[1]) => tell.askForGates(instanceId, body),
    onSuccess: ({ branches }, { wanted }) => {
      const many = countOf(branches, "branch", "branches");
      sayDone(
        wanted
          ? `Gates for ${many} are asked for; a moment, and it shows here.`
          : `The gates of ${many} are taken away.`,
      );
      onDone?.();
    },
    onError: (error, { wanted }) => {
      if (error instanceof RequestError && error.fields.has("branch")) return;
      sayFailed(wanted ? "No gate was asked for" : "No gate was taken away", error);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["gates"] }),
  });
}
