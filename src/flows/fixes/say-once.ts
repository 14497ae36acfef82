import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { createThread, listThreads } from "#azure-devops/threads.ts";
import type { RepositoryId } from "#model/ids.ts";

const property = "sallyport.fix";

/** A comment that asks nothing of anybody; of one matter there is one, however often it is said. */
export async function sayOnce(
  client: OrganizationClient,
  said: {
    readonly repositoryId: RepositoryId;
    readonly number: number;
    readonly about: string;
    readonly words: string;
  },
): Promise<void> {
  const { repositoryId, number, about, words } = said;
  const threads = await listThreads(client, repositoryId, number);
  if (threads.some(({ properties }) => properties[property] === about)) return;
  const thread = { content: words, status: "closed", properties: { [property]: about }, iteration: 1 } as const;
  await createThread(client, repositoryId, number, thread);
}
