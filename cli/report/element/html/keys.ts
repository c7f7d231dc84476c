import { badge, type Tone, table } from "../../html/elements";
import { type Content, type Html, html } from "../../html/markup";
import { minute } from "../../time";
import { ageInWords, holderInWords } from "../../wording";
import type { ClusterFacts, KeyFacts, RekeyFacts } from "../facts";

/** The keys in use: who holds them, which they are, how old they are. */
export const keysTable = ({ softwareEncryption, hardwareEncryption }: ClusterFacts): Html =>
  table(
    "Keys",
    ["Key", "State", "Held by", "Key id", "Age", "Last rekey"],
    [
      row("Master key of software encryption", softwareEncryption.state, softwareEncryption.masterKey, [
        lastRekey(softwareEncryption.lastRekey, softwareEncryption.masterKey),
      ]),
      row("Key of hardware encryption", hardwareEncryption.state, hardwareEncryption.key, ["–"]),
    ],
  );

const row = (title: string, state: string, key: KeyFacts | undefined, rekey: Content): Content[] => [
  html`<strong>${title}</strong>`,
  badge(STATE_TONES[state] ?? "notice", state === "untold" ? "not told before API 12.3" : state),
  key === undefined ? "–" : holderInWords(key.holder),
  key?.keyID === undefined ? "–" : html`<code>${key.keyID}</code>`,
  key === undefined ? "–" : ageInWords(key),
  rekey,
];

const STATE_TONES: Readonly<Record<string, Tone>> = { enabled: "good", disabled: "plain" };

function lastRekey(rekey: RekeyFacts | undefined, key: KeyFacts | undefined): Content {
  if (rekey === undefined) return key === undefined ? "–" : "the cluster has no record of one";
  const { state, started, ended, error } = rekey;
  const times = [started && `started ${minute(started)}`, ended && `ended ${minute(ended)}`].filter(Boolean).join(", ");
  return [badge(REKEY_TONES[state], state), ` ${times}`, error === undefined ? "" : html`<br>${error}`];
}

const REKEY_TONES: Readonly<Record<RekeyFacts["state"], Tone>> = {
  succeeded: "good",
  running: "notice",
  failed: "bad",
};
