/** What a verdict rests on: with it, the same one can be reached again. */
import type { VerdictRow } from "#api/verdicts/contract.ts";
import { shortCommit } from "../../ui/amounts.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { Fact, Facts } from "../../ui/facts.tsx";

export function Evidence({ verdict: { id, evidence } }: { readonly verdict: VerdictRow }) {
  const { commit, base, scannersVersion, knowledgeVersion, policiesVersion } = evidence;
  const command = `sallyport replay ${id}`;
  return (
    <Facts>
      <Fact name="Commit">
        <Short text={commit} />
      </Fact>
      {base === null ? null : (
        <Fact name="Compared with">
          <Short text={base} />
        </Fact>
      )}
      <Fact name="Scanners">
        <code>{scannersVersion}</code>
      </Fact>
      <Fact name="Advisories">
        <code>{knowledgeVersion}</code>
      </Fact>
      <Fact name="Policies">
        <Short text={policiesVersion} />
      </Fact>
      <Fact name="Again">
        <CopyText text={command} label="Copy the command that reaches this verdict again" />{" "}
        <code>sallyport replay {shortCommit(id)}…</code>
      </Fact>
    </Facts>
  );
}

function Short({ text }: { readonly text: string }) {
  return <code title={text}>{shortCommit(text)}</code>;
}
