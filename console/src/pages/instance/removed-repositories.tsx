/** Some repositories will be watched no longer: what shall become of their issues? */
import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Preview } from "#api/shapes/takes.ts";
import { countOf } from "../../ui/amounts.ts";

interface Properties {
  readonly removed: Preview["removed"];
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (what: "archive" | "delete") => void;
}

export function RemovedRepositories({ removed, busy, onClose, onConfirm }: Properties) {
  const [what, setWhat] = useState<"archive" | "delete">("archive");
  const issues = countOf(removed.issues, "issue");
  return (
    <Modal opened onClose={onClose} title="Some are watched no longer" closeButtonProps={{ "aria-label": "Close" }}>
      <Text>
        The new choice leaves out {countOf(removed.repositories, "repository", "repositories")} that{" "}
        {removed.repositories === 1 ? "is" : "are"} scanned now, with {issues} not fixed.
      </Text>
      <Radio.Group
        aria-label="What becomes of their issues"
        mt="md"
        value={what}
        onChange={(value) => setWhat(value === "delete" ? value : "archive")}
      >
        <Stack gap={10}>
          <Radio
            value="archive"
            label="Keep the issues as archived"
            description="They leave the lists and counts; the filter “Archived” shows them, and they return with the repository"
          />
          <Radio value="delete" label={`Delete ${issues}`} description="With their history and decisions, for good" />
        </Stack>
      </Radio.Group>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button color={what === "delete" ? "red" : "copper"} loading={busy} onClick={() => onConfirm(what)}>
          {what === "delete" ? "Save and delete issues" : "Save and archive issues"}
        </Button>
      </Group>
    </Modal>
  );
}
