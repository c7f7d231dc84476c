import type { RawConfig } from "../../../provider/adapters/pulumi/connections";
import { NativeProvider } from "../../../provider/adapters/pulumi/native/provider";
import { Runtime } from "../../../provider/adapters/pulumi/runtime";
import type { MovedClock } from "../../kit/moved-clock";

export type Properties = Record<string, unknown>;

/** What an engine keeps of a resource. */
export interface State {
  id: string;
  inputs: Properties;
  properties: Properties;
}

/** One run of an engine over one resource of the plugin. Values go through JSON, as on the wire. */
export class PluginRun {
  private readonly runtime: Runtime;
  readonly provider: NativeProvider;
  readonly urn: string;

  constructor(token: string, { configuration, clock }: { configuration: RawConfig; clock: MovedClock }) {
    const rows = new Map<string, string>();
    this.runtime = new Runtime(undefined, (identity) => rows.get(identity) ?? identity, clock);
    this.provider = new NativeProvider(this.runtime, rows);
    this.provider.configure({ ...configuration });
    this.urn = `urn:pulumi:dev::tests::ekm:${token}::main`;
  }

  /** Checked inputs; a check that refuses them fails. */
  async check(args: Properties, state?: State): Promise<Properties> {
    const { inputs, failures } = await this.provider.check(this.urn, state?.inputs ?? {}, stored(args));
    expect(failures).toEqual([]);
    return stored(inputs);
  }

  diff(inputs: Properties, { id, properties, inputs: oldInputs }: State) {
    return this.provider.diff({ urn: this.urn, id }, properties, inputs, oldInputs);
  }

  async create(args: Properties): Promise<State> {
    const inputs = await this.check(args);
    const { id, properties } = await this.provider.create({ urn: this.urn, timeout: 0 }, inputs, false);
    return stored({ id, inputs, properties });
  }

  async read(id: string, properties: Properties = {}, inputs: Properties = {}): Promise<State | undefined> {
    const found = await this.provider.read({ urn: this.urn, id }, properties, inputs);
    return found && stored(found);
  }

  delete({ id, properties }: State): Promise<void> {
    return this.provider.delete({ urn: this.urn, id, timeout: 0 }, properties);
  }

  close(): Promise<void> {
    return this.runtime.close();
  }
}

export const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value));
