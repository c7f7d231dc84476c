import type { ComponentResource, ComponentResourceOptions, Input } from "@pulumi/pulumi";
import type * as proto from "@pulumi/pulumi/proto/provider_pb";
import type { Properties } from "../resource/calls";
import { componentInputs, type SchemaTypes } from "./component-inputs";
import { componentOptions } from "./component-options";
import { NotImplementedError } from "./provider";

/** A component as the package's schema has it. */
interface ComponentSpec {
  isComponent?: boolean;
  properties?: Readonly<Record<string, object>>;
  inputProperties?: Readonly<Record<string, object>>;
}

/** What the package's schema says of its components. */
export interface ComponentSchema {
  resources: Readonly<Record<string, ComponentSpec>>;
  types: SchemaTypes;
}

type ComponentClass = new (name: string, args: Properties, opts: ComponentResourceOptions) => ComponentResource;

/** A component that has declared its resources, and everything that it waited for. */
export interface Constructed {
  urn: string;
  state: Properties;
  /** The URNs of the resources that a property of the state depends on. */
  dependencies: [property: string, urns: string[]][];
}

/**
 * Declares components in the name of programs in other languages: the classes of the SDK for Node, over its runtime, whose
 * resources this plugin serves.
 */
export class Components {
  /** Of the calls that are under way. */
  private readonly failing = new Set<(error: unknown) => void>();
  private isReady = false;

  constructor(
    private readonly engineAddress: string | undefined,
    private readonly schema: ComponentSchema,
  ) {}

  /** @throws whatever the class says of its arguments */
  async construct(request: proto.ConstructRequest): Promise<Constructed> {
    const component = classOf(request.getType(), this.schema);
    this.makeReady();
    // The runtime keeps of each call by itself which program and run it is of.
    const { withLocalStorage } = require("@pulumi/pulumi/runtime/state");
    let fail: (error: unknown) => void = () => {};
    const failure = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    this.failing.add(fail);
    try {
      return await Promise.race([withLocalStorage(() => this.declared(component, request)), failure]);
    } finally {
      this.failing.delete(fail);
    }
  }

  /** The runtime leaves the failure of a registration to the process, which would end of it. */
  private makeReady(): void {
    if (this.isReady) return;
    this.isReady = true;
    (require("pulumi-ekm") as { useNativePlugin(): void }).useNativePlugin();
    process.on("unhandledRejection", (error) => {
      if (this.failing.size === 0) throw error;
      for (const fail of this.failing) fail(error);
    });
  }

  private async declared(component: ComponentClass, request: proto.ConstructRequest): Promise<Constructed> {
    const rpc = require("@pulumi/pulumi/runtime/rpc");
    const settings = require("@pulumi/pulumi/runtime/settings");
    const { deserializeInputs } = require("@pulumi/pulumi/provider/server");
    const type = request.getType();
    const { inputProperties = {}, properties = {} } = this.schema.resources[type] ?? {};
    await this.configure(request);
    const inputs = await deserializeInputs(request.getInputs(), request.getInputdependenciesMap());
    const args = await componentInputs(inputs, inputProperties, this.schema.types);
    const made = new component(request.getName(), args, componentOptions(request));
    const shown = Object.fromEntries(Object.keys(properties).map((name) => [name, made[name as keyof typeof made]]));
    const [state, depending] = await rpc.serializeResourceProperties(`construct(${type})`, shown);
    const dependencies = [...(depending as Map<string, Set<ComponentResource>>)].map(
      async ([property, resources]): Promise<[string, string[]]> => [
        property,
        await Promise.all([...resources].map(({ urn }) => settled(urn))),
      ],
    );
    const constructed = { urn: await settled(made.urn), state, dependencies: await Promise.all(dependencies) };
    await settings.waitForRPCs();
    return constructed;
  }

  private async configure(request: proto.ConstructRequest): Promise<void> {
    const settings = require("@pulumi/pulumi/runtime/settings");
    const config = require("@pulumi/pulumi/runtime/config");
    settings.resetOptions(
      request.getProject(),
      request.getStack(),
      request.getParallel(),
      this.engineAddress,
      request.getMonitorendpoint(),
      request.getDryrun(),
      request.getOrganization(),
    );
    await settings.awaitFeatureSupport();
    config.setAllConfig(Object.fromEntries(request.getConfigMap().entries()), request.getConfigsecretkeysList());
  }
}

/** The class of a type, such as `ekm:element:ExternalKeyManagement`. */
function classOf(type: string, { resources }: ComponentSchema): ComponentClass {
  const [, module = "", name = ""] = type.split(":");
  if (!resources[type]?.isComponent) {
    throw new NotImplementedError(`this release of pulumi-ekm has no component ${type}`);
  }
  const sdk = require("pulumi-ekm") as Readonly<Record<string, Readonly<Record<string, ComponentClass>>>>;
  return sdk[module]?.[name] as ComponentClass;
}

const settled = (urn: Input<string>): Promise<string> => (urn as unknown as { promise(): Promise<string> }).promise();
