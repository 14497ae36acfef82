/** What other scanners found in one repository, as SARIF: which tool, of what, with what came of it. */
import { Button, Menu, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileImport, IconShieldExclamation, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { ImportRow } from "#api/imports/contract.ts";
import { ask, tell } from "../../api.ts";
import { Empty } from "../../ui/empty.tsx";
import { Page } from "../../ui/page.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { Trail } from "../../ui/trail.tsx";
import { importColumns } from "./import-columns.tsx";
import { ImportForm } from "./import-form.tsx";

const route = getRouteApi("/signed-in/repositories/$repositoryId/imports");

export function ImportsPage() {
  const { repositoryId } = route.useParams();
  const { page = 1 } = route.useSearch();
  const navigate = useNavigate({ from: "/repositories/$repositoryId/imports" });
  const [opened, dialog] = useDisclosure(false);
  const repository = useQuery(ask.repository(repositoryId)).data;
  const query = useQuery(ask.imports(repositoryId, { offset: (page - 1) * pageSize, limit: pageSize }));
  const forget = useForget(repositoryId);
  return (
    <Page
      title="Results of other scanners"
      lead={
        repository === undefined
          ? undefined
          : `In ${repository.name}: one row for each tool, category and branch, newest first`
      }
      trail={
        <Trail>
          <Link to="/repositories">Repositories</Link>
          <span>{repository?.name ?? "Repository"}</span>
        </Trail>
      }
      actions={
        <Button leftSection={<IconFileImport size={16} />} disabled={repository?.chosen !== true} onClick={dialog.open}>
          Import a file
        </Button>
      }
    >
      <PagedTable
        query={query}
        label="Imports"
        columns={importColumns}
        rowId={({ id }) => id}
        rowName={nameOf}
        menu={(row) => (
          <>
            <Menu.Item
              leftSection={<IconShieldExclamation size={16} />}
              onClick={() => void navigate({ to: "/issues", search: { repositoryId, scanner: ["imported"] } })}
            >
              Issues of other scanners
            </Menu.Item>
            <Menu.Item c="var(--sp-critical)" leftSection={<IconTrash size={16} />} onClick={() => forget.mutate(row)}>
              Forget this import
            </Menu.Item>
          </>
        )}
        page={page}
        one="import"
        onPage={(next) => void navigate({ search: { page: next } })}
        empty={
          <Empty icon={IconFileImport} title="Nothing imported yet">
            Other scanners write what they find as SARIF. Import such a file here, by the API, or in a pipeline with{" "}
            <code>sallyport import</code>; its results become issues like all others.
          </Empty>
        }
      />
      <Modal
        opened={opened}
        onClose={dialog.close}
        title="Import a SARIF file"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <ImportForm repositoryId={repositoryId} onClose={dialog.close} />
      </Modal>
    </Page>
  );
}

function nameOf({ tool, category }: ImportRow): string {
  return category === "" ? tool : `${tool}, ${category}`;
}

function useForget(repositoryId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (row: ImportRow) => tell.forgetImport(repositoryId, row.id),
    onSuccess: (_answer, row) => sayDone(`The import of ${nameOf(row)} is forgotten; its issues count as fixed.`),
    onError: (error) => sayFailed("The import was not forgotten", error),
    onSettled: () => client.invalidateQueries({ queryKey: ["repositories"] }),
  });
}
