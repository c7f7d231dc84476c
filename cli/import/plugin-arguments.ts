import type { Argument, Description } from "../../provider/core/resource/description";
import { propertiesIn } from "../../provider/core/resource/description";
import { entryOf } from "../../provider/systems/registry";
import type { ProgramText } from "./opening";
import type { Declaration, Plan } from "./plan";
import { ConnectionName, exchanged, type Properties, Reference, type Value } from "./value";

/**
 * The arguments of a declaration as the plugin takes them: where a class for Node takes a resource, the id of that or one of its
 * outputs, what the class takes from it besides, and the connection.
 */
export function pluginArguments(declaration: Declaration, plan: Plan, frame: ProgramText): Properties {
  const { arguments: known, wired = {} } = descriptionOf(declaration, frame);
  const given = Object.entries(declaration.args).flatMap(([name, value]): [string, Value][] => {
    if (value === undefined) return [];
    const [input, { refersTo }] = argumentOf(name, known);
    const resources: Description[] = [];
    const taken = exchanged<Value & object>(value, (expression) => {
      if (!(expression instanceof Reference) || expression.output !== undefined) return expression;
      const referred = plan.declarations.find(({ variable }) => variable === expression.variable) as Declaration;
      const description = descriptionOf(referred, frame);
      resources.push(description);
      return new Reference(
        expression.variable,
        refersTo?.output ?? (input in propertiesIn(description) ? input : "id"),
      );
    }) as Value;
    const [resource] = resources;
    if (resource === undefined || !(value instanceof Reference)) return [[input, taken]];
    const more = Object.entries(wired).flatMap(([other, { hidden }]): [string, Value][] => {
      const output = outputNamedIn(other, input);
      return hidden || output === undefined || !(output in propertiesIn(resource))
        ? []
        : [[other, new Reference(value.variable, output)]];
    });
    return [[input, taken], ...more];
  });
  const { noun } = frame.system;
  const connection = plan.connection === frame.defaultConnection ? undefined : new ConnectionName();
  return { ...(noun in known ? { [noun]: connection } : {}), ...Object.fromEntries(given) };
}

/** The input that a class's argument becomes. */
function argumentOf(name: string, known: Readonly<Record<string, Argument>>): [input: string, Argument] {
  const found = Object.entries(known).find(([input, { refersTo }]) => (refersTo?.as ?? input) === name);
  if (found !== undefined) return found;
  const argument = known[name];
  if (argument === undefined) throw new Error(`no argument is called ${name}`);
  return [name, argument];
}

/** `keyProviderName` is the `name` of what is given as `keyProvider`. */
function outputNamedIn(wired: string, input: string): string | undefined {
  if (!wired.startsWith(input)) return undefined;
  const rest = wired.slice(input.length);
  return rest.charAt(0).toLowerCase() + rest.slice(1);
}

function descriptionOf({ resource }: Declaration, { module }: ProgramText): Description {
  const token = `${module}:${resource}`;
  const entry = entryOf(token);
  if (entry === undefined) throw new Error(`no resource is called ${token}`);
  return entry.description;
}
