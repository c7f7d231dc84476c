import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

/** One line of the engine's own event log. */
export interface EngineEvent {
  sequence: number;
  resourcePreEvent?: { metadata: StepMetadata };
  resOutputsEvent?: { metadata: StepMetadata };
  resOpFailedEvent?: { metadata: StepMetadata };
  diagnosticEvent?: { urn?: string; message: string; severity: Severity; ephemeral?: boolean };
  policyEvent?: { resourceUrn?: string; message: string; policyName: string; enforcementLevel: string };
  summaryEvent?: { resourceChanges: Record<string, number> | null };
}

type PolicyEvent = NonNullable<EngineEvent["policyEvent"]>;

export interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  old: StepState | null;
  new: StepState | null;
}

interface StepState {
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

export type Severity = "debug" | "info" | "info#err" | "warning" | "error";

/** What the engine did, or in a preview would do, to one resource. */
export interface Step {
  /** As the engine names it: create, update, delete, create-replacement, delete-replaced, read, ... */
  op: string;
  urn: string;
  type: string;
  name: string;
  /** The top-level inputs that a preview marks as different; secrets never do. */
  differing: string[];
  failed: boolean;
}

/** What a refresh found of one resource that is not as state has it. */
export interface Finding {
  name: string;
  /** The top-level outputs that differ; none when the resource is gone. */
  differing: string[];
  gone: boolean;
}

export interface Diagnostic {
  /** Absent for lines on the stack's own row. */
  urn: string | undefined;
  severity: Severity;
  message: string;
  /** Shown while the resource is at work, then gone. */
  ephemeral: boolean;
}

/** What a policy pack said. */
export interface Violation {
  policy: string;
  /** `advisory` or `mandatory`. */
  level: string;
  /** Name of the resource; the stack's own where a policy names none. */
  name: string;
  /** Without the policy's description, which the engine puts before it. */
  message: string;
}

export interface EngineReport {
  events: EngineEvent[];
  /** What happened to user resources, in the order in which the engine began; what stays as it is, is left out. */
  steps: Step[];
  /** What a refresh found of user resources, where it found a difference. */
  findings: Finding[];
  /** The engine's own count of resources by operation, the stack included. */
  summary: Record<string, number>;
  /** In the order of their printing, the engine's debugging left out. */
  diagnostics: Diagnostic[];
  /** In the order of their printing. */
  violations: Violation[];
}

export function readReport(eventLog: string): EngineReport {
  const events = readEvents(eventLog);
  return {
    events,
    steps: stepsOf(events),
    findings: findingsOf(events),
    summary: events.findLast((event) => event.summaryEvent)?.summaryEvent?.resourceChanges ?? {},
    diagnostics: events.flatMap(({ diagnosticEvent: line }) =>
      line === undefined || line.severity === "debug"
        ? []
        : [{ urn: line.urn, severity: line.severity, message: line.message, ephemeral: line.ephemeral ?? false }],
    ),
    violations: events.flatMap(({ policyEvent: event }) => (event === undefined ? [] : [violationOf(event)])),
  };
}

const violationOf = ({ resourceUrn = "", message, policyName, enforcementLevel }: PolicyEvent): Violation => ({
  policy: policyName,
  level: enforcementLevel,
  name: nameIn(resourceUrn),
  message: message.trimEnd().slice(message.trimEnd().lastIndexOf("\n") + 1),
});

const nameIn = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/** A killed engine leaves half a line, one that refuses its arguments leaves no log. */
function readEvents(eventLog: string): EngineEvent[] {
  let text: string;
  try {
    text = readFileSync(eventLog, "utf8");
  } catch {
    return [];
  }
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

const UNCHANGED = new Set(["same", "refresh", "read"]);

function stepsOf(events: EngineEvent[]): Step[] {
  const steps: Step[] = [];
  for (const event of events) {
    const begun = event.resourcePreEvent?.metadata;
    const ended = event.resOutputsEvent?.metadata ?? event.resOpFailedEvent?.metadata;
    if (begun !== undefined && isUsers(begun)) {
      steps.push(toStep(begun));
    } else if (ended !== undefined && isUsers(ended)) {
      const step = steps.findLast(({ urn, op }) => urn === ended.urn && (op === ended.op || op === "refresh"));
      if (step !== undefined) {
        // A refresh says only at its end what it found.
        Object.assign(step, toStep(ended), { failed: event.resOpFailedEvent !== undefined });
      }
    }
  }
  return steps.filter(({ op, failed }) => failed || !UNCHANGED.has(op));
}

function findingsOf(events: EngineEvent[]): Finding[] {
  return events.flatMap(({ resOutputsEvent: event }) => {
    if (event?.metadata.op !== "refresh" || !isUsers(event.metadata)) return [];
    const { urn, old, new: found } = event.metadata;
    const differing = old && found ? differingKeys(old.outputs, found.outputs) : [];
    return found !== null && differing.length === 0 ? [] : [{ name: nameIn(urn), differing, gone: found === null }];
  });
}

const toStep = ({ op, urn, type, old, new: wanted }: StepMetadata): Step => ({
  op,
  urn,
  type,
  name: nameIn(urn),
  differing: old && wanted ? differingKeys(old.inputs, wanted.inputs) : [],
  failed: false,
});

function differingKeys(old: Record<string, unknown>, wanted: Record<string, unknown>): string[] {
  const keys = new Set([...Object.keys(old), ...Object.keys(wanted)]);
  return [...keys].filter((key) => !isDeepStrictEqual(old[key], wanted[key])).sort();
}

const isUsers = ({ type }: StepMetadata) => type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:");
