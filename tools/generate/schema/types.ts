import { isDeepStrictEqual } from "node:util";

/** A reference to a type, or one of the schema's own. */
export type TypeSpec = Readonly<Record<string, unknown>>;

export interface PropertySpec extends TypeSpec {
  description?: string;
}

export interface Properties {
  properties: Record<string, PropertySpec>;
  required: string[];
}

/** The named types of a package, collected while its resources and functions are written. */
export class Types {
  private readonly specs = new Map<string, object>();

  /** @param name with its module, such as `pki:Subject` */
  object(name: string, description: string | undefined, { properties, required }: Properties): TypeSpec {
    return this.add(name, { description, type: "object", properties, required });
  }

  /** One of a few texts. A text may be given as it is: in languages with types of their own, one need not be named for it. */
  enumeration(name: string, description: string | undefined, values: readonly string[]): TypeSpec {
    const reference = this.add(name, { description, type: "string", enum: values.map((value) => ({ value })) });
    return { type: "string", oneOf: [{ type: "string" }, reference] };
  }

  all(): Record<string, object> {
    return Object.fromEntries([...this.specs].sort(([one], [other]) => one.localeCompare(other, "en")));
  }

  private add(name: string, spec: object): TypeSpec {
    const token = `ekm:${name}`;
    const known = this.specs.get(token);
    if (known !== undefined && !isDeepStrictEqual(known, spec)) throw new Error(`there are two types ${token}`);
    this.specs.set(token, spec);
    return { $ref: `#/types/${token}` };
  }
}

/** `element:KeyServer` and `onDelete` make `element:KeyServerOnDelete`; types have capital letters, functions have none. */
export const joined = (owner: string, property: string): string =>
  owner.replace(/(?<=:)./, (letter) => letter.toUpperCase()) + property.charAt(0).toUpperCase() + property.slice(1);
