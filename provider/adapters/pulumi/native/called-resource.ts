import { type Description, propertiesIn } from "../../../core/resource/description";
import type { Entry } from "../../../systems/registry";
import type { Properties, ResourceCalls } from "../resource/calls";
import type { CarriedInputs, Deadlines } from "../resource/carried-inputs";
import { unshown } from "../resource/engine-names";
import { STUB, stubOf } from "../resource/stub";
import { type Opened, sealed } from "./values";

/**
 * A resource that the engine calls about. What the SDK for Node adds to the inputs of a dynamic resource, the engine tells with
 * each call here.
 */
export class CalledResource {
  private readonly secrets: readonly string[];

  constructor(
    private readonly token: string,
    readonly entry: Entry,
    readonly identity: string,
    readonly calls: ResourceCalls,
  ) {
    this.secrets = secretsOf(entry.description);
  }

  /** Inputs, or a state, as the calls take them. */
  with({ properties, secrets }: Opened, limits: Deadlines = {}): Properties {
    const given = Object.entries(limits).filter(([, seconds]) => seconds > 0);
    const more: Partial<CarriedInputs> = {
      ...(given.length > 0 ? { deadlines: Object.fromEntries(given) } : {}),
      ...(secrets.has("rotationTriggers") ? { secretTriggers: true } : {}),
    };
    return { ...withoutCarried(properties), ...more, [RESOURCE_URN]: this.identity };
  }

  /** Inputs as the engine keeps them. */
  inputs(properties: Properties, secrets: ReadonlySet<string>): Properties {
    const { [RESOURCE_URN]: _urn, ...inputs } = withoutCarried(properties);
    return sealed(inputs, new Set([...this.secrets, ...secrets]));
  }

  /** Outputs as the engine keeps them, with which a dynamic provider could go on. */
  state(outputs: Properties, secrets: ReadonlySet<string>): Properties {
    return { ...this.inputs(outputs, secrets), [RESOURCE_URN]: this.identity, [STUB]: stubOf(this.token) };
  }
}

const RESOURCE_URN = unshown("resourceUrn");

/** A dynamic resource's state has them among its properties. */
function withoutCarried({ deadlines: _limits, secretTriggers: _secrecy, ...properties }: Properties): Properties {
  return properties;
}

/** Properties that state and previews hold as secrets, whoever gave them. */
const secretsOf = (description: Description): string[] =>
  Object.entries(propertiesIn(description)).flatMap(([name, property]) =>
    (property as { secret?: true }).secret ? [name] : [],
  );
