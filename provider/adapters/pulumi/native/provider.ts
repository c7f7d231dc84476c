import { isDeepStrictEqual } from "node:util";
import { withoutControlCharacters } from "../../../core/display";
import { IncompleteError, isEkmError } from "../../../core/errors";
import { reasonOf } from "../../../core/lifecycle";
import { info } from "../../../core/plan";
import { entryOf } from "../../../systems/registry";
import { carried, type Properties, ResourceCalls } from "../resource/calls";
import { lifecycleOf } from "../resource/lifecycle-of";
import { resourceInWords } from "../resource-type";
import type { Runtime } from "../runtime";
import { PULUMI_WORDS } from "../words";
import { CalledResource } from "./called-resource";
import { faultsOf, rawConfigOf } from "./configuration";
import { type Change, changedPaths, propertyOf } from "./detailed-diff";
import { outputsOfCreate, outputsOfUpdate, stablesOf } from "./foreseen";
import { identityOf, tokenOfType } from "./identities";
import { importedBy } from "./imported";
import { KeptObjects } from "./kept-objects";
import { checkLookup, look, lookupOf } from "./lookups";
import { opened } from "./values";

/** A resource of a call, by its URN. */
export interface Addressed {
  urn: string;
  id: string;
}

/** What a call may take, in seconds; 0 where nothing is said of it. */
interface Limited {
  timeout: number;
}

interface Failure {
  property: string;
  reason: string;
}

/** Differences as the engine shows them. */
export interface DetailedDiff {
  changes: boolean;
  replaces: string[];
  stables: string[];
  diffs: string[];
  deletesFirst: boolean;
  detailed: [path: string, change: Change, replaces: boolean][];
}

/** Something that no release of this package has. */
export class NotImplementedError extends Error {}

/** A create or update that has left an object incomplete, as the engine is told of it. */
export class InitFailedError extends Error {
  constructor(
    readonly id: string,
    readonly properties: Properties,
    reason: string,
  ) {
    super(reason);
  }
}

/** The package as a plugin: the calls of an engine about whatever resource, with values as its protocol carries them. */
export class NativeProvider {
  private readonly kept = new KeptObjects();
  private readonly calls = new Map<string, ResourceCalls>();

  constructor(
    private readonly runtime: Runtime,
    /** The URNs of resources by their identities: lines are said on their rows. */
    private readonly rows: Map<string, string>,
  ) {}

  checkConfig(news: Properties): { inputs: Properties; failures: Failure[] } {
    const { properties } = opened(news);
    const connections = this.runtime.connectionsBy(() => rawConfigOf(properties));
    const failures = faultsOf(properties, connections).map((fault) => ({
      property: "",
      reason: withoutControlCharacters(this.runtime.inFull(fault)),
    }));
    return { inputs: news, failures };
  }

  diffConfig(olds: Properties, news: Properties): { changes: boolean } {
    return { changes: !isDeepStrictEqual(opened(olds).properties, opened(news).properties) };
  }

  configure(args: Properties): void {
    this.runtime.configure(rawConfigOf(opened(args).properties));
  }

  check(urn: string, olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: Failure[] }> {
    return this.told(async () => {
      const resource = this.resourceOf(urn);
      const given = opened(news);
      const { inputs, failures } = await resource.calls.check(opened(olds).properties, resource.with(given));
      if (failures.length > 0) this.runtime.announcements.release();
      return { inputs: resource.inputs(inputs, given.secrets), failures };
    });
  }

  diff({ urn, id }: Addressed, olds: Properties, news: Properties, oldInputs: Properties): Promise<DetailedDiff> {
    return this.told(async () => {
      const resource = this.resourceOf(urn);
      const { description } = resource.entry;
      const given = opened(news);
      const plan = await resource.calls.diff(id, resource.with(opened(olds)), resource.with(given));
      const { differing, replaces = [] } = plan;
      // A refresh compares too, without a check before: what follows it may be a delete.
      if (this.runtime.contexts.planned.has(resource.identity)) {
        if (replaces.length > 0) this.kept.release(resource.identity);
        else this.kept.keep(resource.identity, id);
      }
      const paths = [...changedPaths(opened(oldInputs).properties, given.properties)];
      return {
        changes: differing.length > 0,
        replaces,
        stables: replaces.length > 0 ? [] : stablesOf(description),
        diffs: differing,
        deletesFirst: (plan.deletesFirst ?? description.deletesFirst) === true,
        detailed: paths
          .filter(([path]) => differing.includes(propertyOf(path)))
          .map(([path, change]) => [path, change, replaces.includes(propertyOf(path))]),
      };
    });
  }

  /** A preview makes nothing: it answers what is known of the outputs. */
  create(
    { urn, timeout }: Omit<Addressed, "id"> & Limited,
    properties: Properties,
    isPreview: boolean,
  ): Promise<{ id: string; properties: Properties }> {
    return this.told(async () => {
      this.runtime.announcements.tell(isPreview);
      const resource = this.resourceOf(urn);
      const given = opened(properties);
      if (isPreview) {
        const foreseen = outputsOfCreate(resource.entry.description, given.properties);
        return { id: "", properties: resource.inputs(foreseen, given.secrets) };
      }
      const inputs = resource.with(given, { create: timeout });
      return this.completed(resource, given.secrets, () => resource.calls.create(inputs));
    });
  }

  /** @returns `undefined` where the object is gone */
  read(
    { urn, id }: Addressed,
    properties: Properties,
    inputs: Properties,
  ): Promise<{ id: string; properties: Properties; inputs: Properties } | undefined> {
    return this.told(async () => {
      const resource = this.resourceOf(urn);
      const state = opened(properties);
      const secrets = new Set([...state.secrets, ...opened(inputs).secrets]);
      const isImport = Object.keys(properties).length === 0;
      const known = isImport
        ? await importedBy(id, resource.entry, this.runtime.connections)
        : { id, state: state.properties };
      const found = await resource.calls.read(known.id, resource.with({ properties: known.state, secrets }));
      if (found === undefined) return undefined;
      return {
        id: found.id,
        properties: resource.state(found.outputs, secrets),
        inputs: resource.inputs(found.inputs, secrets),
      };
    });
  }

  update(
    { urn, id, timeout }: Addressed & Limited,
    olds: Properties,
    news: Properties,
    isPreview: boolean,
  ): Promise<{ properties: Properties }> {
    return this.told(async () => {
      this.runtime.announcements.tell(isPreview);
      const resource = this.resourceOf(urn);
      const state = opened(olds);
      const given = opened(news);
      const secrets = new Set([...state.secrets, ...given.secrets]);
      if (isPreview) {
        const foreseen = outputsOfUpdate(resource.entry.description, state.properties, given.properties);
        return { properties: resource.inputs(foreseen, secrets) };
      }
      const inputs = resource.with(given, { update: timeout });
      return this.completed(resource, secrets, async () => ({
        id,
        outputs: await resource.calls.update(id, resource.with(state), inputs),
      }));
    });
  }

  delete({ urn, id, timeout }: Addressed & Limited, properties: Properties): Promise<void> {
    return this.told(async () => {
      const resource = this.resourceOf(urn);
      const { identity } = resource;
      if (this.kept.has(identity, id)) {
        this.runtime.contexts.say(identity, [
          info(
            `stays: what was to take its place is the same ${resourceInWords(identity)}, with everything that it has`,
          ),
        ]);
        return;
      }
      await resource.calls.delete(id, resource.with(opened(properties), { delete: timeout }));
    });
  }

  invoke(token: string, args: Properties): Promise<{ result: Properties; failures: Failure[] }> {
    return this.told(async () => {
      const lookup = lookupOf(token.replace(/^ekm:/, ""));
      if (lookup === undefined) throw new NotImplementedError(`this release of pulumi-ekm has no look-up ${token}`);
      const { connection, ...given } = opened(args).properties;
      const complaints = checkLookup(lookup, given);
      if (complaints.length > 0) {
        const failures = complaints.map((complaint) => ({
          property: complaint.property,
          reason: reasonOf(complaint, PULUMI_WORDS),
        }));
        return { result: {}, failures };
      }
      const { system } = lookup;
      const own = { [system.configurationKey]: { [String(given[system.noun] ?? "default")]: connection } };
      const connections = connection === undefined ? this.runtime.connections : this.runtime.connectionsBy(() => own);
      try {
        const found = await look(lookup, given, connections, (message) => this.runtime.warn(message));
        return { result: JSON.parse(JSON.stringify(found)), failures: [] };
      } finally {
        if (connection !== undefined) await connections.close();
      }
    });
  }

  cancel(): void {
    this.runtime.cancel();
  }

  private resourceOf(urn: string): CalledResource {
    const types = urn.split("::")[2] ?? "";
    const type = types.slice(types.lastIndexOf("$") + 1);
    const token = tokenOfType(type);
    const entry = token === undefined ? undefined : entryOf(token);
    if (token === undefined || entry === undefined) {
      throw new NotImplementedError(`this release of pulumi-ekm has no resource ${type}`);
    }
    const identity = identityOf(urn);
    this.rows.set(identity, urn);
    const calls = this.calls.get(token) ?? new ResourceCalls(lifecycleOf(token), this.runtime, entry.system);
    this.calls.set(token, calls);
    return new CalledResource(token, entry, identity, calls);
  }

  private async completed(
    resource: CalledResource,
    secrets: ReadonlySet<string>,
    work: () => Promise<{ id: string; outputs: Properties }>,
  ): Promise<{ id: string; properties: Properties }> {
    try {
      const { id, outputs } = await work();
      this.kept.keep(resource.identity, id);
      return { id, properties: resource.state(outputs, secrets) };
    } catch (error) {
      if (!(error instanceof IncompleteError)) throw error;
      this.kept.keep(resource.identity, error.id);
      const reason = withoutControlCharacters(this.runtime.inFull(error));
      throw new InitFailedError(error.id, resource.state(carried(error.outputs), secrets), reason);
    }
  }

  /** Runs a call, and says why it failed as users are told. */
  private async told<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (isEkmError(error)) throw new Error(withoutControlCharacters(this.runtime.inFull(error)), { cause: error });
      throw error;
    }
  }
}
