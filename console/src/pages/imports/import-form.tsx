/** Takes a file of another scanner, for a branch. */
import { FileInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { DialogEnd } from "../../ui/dialog-end.tsx";
import { saysWhy } from "../../ui/failure.tsx";
import { sayDone } from "../../ui/say.ts";
import classes from "./imports.module.css";

interface Properties {
  readonly repositoryId: string;
  readonly onClose: () => void;
}

export function ImportForm({ repositoryId, onClose }: Properties) {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [branch, setBranch] = useState("");
  const [category, setCategory] = useState("");
  const take = useMutation({
    mutationFn: (chosen: File) =>
      tell.importResults(
        repositoryId,
        { branch: branch.trim() || undefined, category: category.trim() || undefined },
        chosen,
      ),
    onSuccess: async ({ imports }) => {
      const findings = imports.reduce((sum, { counts }) => sum + counts.findings, 0);
      sayDone(`${countOf(findings, "finding")} of ${imports.map(({ tool }) => tool).join(", ")} imported.`);
      onClose();
      await client.invalidateQueries();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null) take.mutate(file);
      }}
    >
      <Stack gap="md">
        <FileInput
          label="File"
          description="SARIF 2.1.0, up to 50 MB"
          placeholder="Choose a file"
          accept=".sarif,.json,application/sarif+json,application/json"
          value={file}
          onChange={(next) => {
            setFile(next);
            take.reset();
          }}
        />
        <TextInput
          label="Branch"
          description="The default branch if left empty"
          value={branch}
          maxLength={1000}
          onChange={(event) => setBranch(event.currentTarget.value)}
        />
        <TextInput
          label="Category"
          description="Tells analyses of one tool apart; the file’s own if left empty"
          value={category}
          maxLength={200}
          onChange={(event) => setCategory(event.currentTarget.value)}
        />
        {take.error === null ? null : (
          <p className={classes.mistake} role="alert">
            {saysWhy(take.error)}
          </p>
        )}
        <DialogEnd onCancel={onClose} isBusy={take.isPending} isDisabled={file === null}>
          Import it
        </DialogEnd>
      </Stack>
    </form>
  );
}
