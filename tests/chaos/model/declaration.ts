import type { CustomTimeouts } from "@pulumi/pulumi";
import type { Road } from "../../engine/acceptance/lab";
import type { Installation } from "../installation";

/** In the order of their dependencies. */
export const KINDS = ["pair", "request", "certificate", "server", "provider", "attachment", "key"] as const;
export type Kind = (typeof KINDS)[number];

/** What one stack's program says of its road to a master key. */
export interface Declaration {
  /** The key server; the other one has a server, provider and attachment of other logical names. */
  at: "east" | "west";
  /** Who holds the master key; `undeclared` leaves it to somebody else. */
  holder: "external" | "internal" | "undeclared";
  hostnames: string[];
  trigger?: number;
  maxAge?: string;
  takeOver: boolean;
  onDelete: "internal" | "keep";
  regenerate?: string;
  validityDays: number;
  /** How often each kind has got another logical name. */
  renamed: Partial<Record<Kind, number>>;
  /** Exact names for display. */
  display: { server?: string; provider?: string };
  adopt: { server?: string; provider?: string };
}

export const firstDeclaration = (): Declaration => ({
  at: "east",
  holder: "external",
  hostnames: ["127.0.0.1"],
  takeOver: false,
  onDelete: "internal",
  validityDays: 365,
  renamed: {},
  display: {},
  adopt: {},
});

export const nameOf = (kind: Kind, { at, renamed }: Pick<Declaration, "at" | "renamed">): string => {
  const place = isAtKeyServer(kind) && at === "west" ? `${kind}-west` : kind;
  const times = renamed[kind] ?? 0;
  return times === 0 ? place : `${place}-${times}`;
};

/** At which key server a server, provider or attachment is, by its URN. */
export const placeOf = (urn: string): Declaration["at"] =>
  /^(server|provider|attachment)-west/.test(urn.slice(urn.lastIndexOf("::") + 2)) ? "west" : "east";

/** A waiting that nobody ends must not last: nothing in these programs takes long. */
const PATIENCE: CustomTimeouts = { create: "60s", update: "60s", delete: "5s" };
/** While rekeys are held. */
const IMPATIENCE: CustomTimeouts = { create: "2s", update: "2s", delete: "2s" };

/** The program, as `road.js` takes it. */
export function roadOf(declaration: Declaration, installation: Installation, rekeysAreHeld: boolean): Road {
  const { at, holder, hostnames, trigger, maxAge, takeOver, onDelete, regenerate, validityDays } = declaration;
  const { display, adopt } = declaration;
  return {
    names: Object.fromEntries(KINDS.map((kind) => [kind, nameOf(kind, declaration)])),
    options: {
      certificate: { aliases: formerNames("certificate", declaration) },
      server: { aliases: formerNames("server", declaration), customTimeouts: PATIENCE },
      provider: { aliases: formerNames("provider", declaration), customTimeouts: PATIENCE },
      attachment: { customTimeouts: PATIENCE },
      key: { customTimeouts: rekeysAreHeld ? IMPATIENCE : PATIENCE },
    },
    args: {
      pair: { regenerate },
      certificate: { validityDays },
      server: { ...installation[at].settings, hostnames, name: display.server, adopt: adopt.server },
      provider: { name: display.provider, adopt: adopt.provider },
      key: {
        rotationTriggers: trigger === undefined ? undefined : { turn: String(trigger) },
        maxAge,
        takeOver: takeOver || undefined,
        onDelete,
      },
    },
    internal: holder === "internal",
    without: holder === "undeclared" ? ["key"] : [],
  };
}

const isAtKeyServer = (kind: Kind): boolean => kind === "server" || kind === "provider" || kind === "attachment";

/** What exists once takes another name as it is; everything else needs its former names. */
function formerNames(kind: Kind, declaration: Declaration): { name: string }[] {
  const times = declaration.renamed[kind] ?? 0;
  return Array.from({ length: times }, (_, earlier) => ({
    name: nameOf(kind, { ...declaration, renamed: { ...declaration.renamed, [kind]: earlier } }),
  }));
}
