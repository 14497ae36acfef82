/** Chooses the repository, the branch and the folder that policies are read from. */
import { Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InstanceRow } from "#api/instances/contract.ts";
import type { Policies } from "#api/policies/contract.ts";
import { ask, tell } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { RepositoryPicker } from "../../ui/repository-picker.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { sayBranch } from "../../ui/target.ts";

interface Properties {
  readonly instance: InstanceRow;
  readonly source: Policies["source"];
  readonly onClose: () => void;
}

export function SourceForm({ instance, source, onClose }: Properties) {
  const client = useQueryClient();
  const [repositoryId, setRepositoryId] = useState(source?.repository.id);
  const [ref, setRef] = useState(source === null ? "" : sayBranch(source.ref));
  const [folder, setFolder] = useState(source?.folder ?? "policies");
  const save = useMutation({
    mutationFn: () =>
      tell.setPolicySource(instance.id, {
        repositoryId: repositoryId ?? "",
        folder: folder.trim(),
        ...(ref.trim() === "" ? {} : { ref: ref.trim() }),
      }),
    onSuccess: (answer) => {
      client.setQueryData(ask.policies(instance.id).queryKey, answer);
      sayDone("The folder is read in a moment. Until then, those of before decide.");
      onClose();
    },
    onError: (error) => {
      if (mistakeOf(error, "ref") === undefined && mistakeOf(error, "folder") === undefined) {
        sayFailed("The place was not changed", error);
      }
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <Text fz="sm">
          From then on exactly what is in the folder decides: YAML files, read with each push to the branch. Those that
          were made here are kept, and come back when you leave the repository again.
        </Text>
        <div>
          <Text fz="sm" fw={500} mb={4}>
            Repository
          </Text>
          <RepositoryPicker instanceId={instance.id} repositoryId={repositoryId} onChange={setRepositoryId} />
        </div>
        <TextInput
          label="Branch"
          description="Empty means the default branch"
          value={ref}
          maxLength={500}
          error={mistakeOf(save.error, "ref")}
          onChange={(event) => setRef(event.currentTarget.value)}
        />
        <TextInput
          label="Folder"
          description="Empty means the whole repository"
          value={folder}
          maxLength={500}
          error={mistakeOf(save.error, "folder")}
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
        <DialogEnd onCancel={onClose} isBusy={save.isPending} isDisabled={repositoryId === undefined}>
          Read them from there
        </DialogEnd>
      </Stack>
    </form>
  );
}

function mistakeOf(error: Error | null, field: string): string | undefined {
  return error instanceof RequestError ? error.fields.get(field) : undefined;
}
