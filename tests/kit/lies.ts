import { Page } from "./page";
import type { Did } from "./resource";
import type { SystemScene } from "./scene";
import { type Subject, subjects } from "./simulated";
import type { Arguments, Operation } from "./specimen";
import { Standing } from "./standing";
import { opened } from "./table";

/** What a system answers wrongly, or otherwise than it is documented to, and what comes of it. */
export interface Lie<Scene extends SystemScene> {
  /** A row of the page. */
  lie: string;
  tell(scene: Scene): unknown;
  /** The code with which an operation ends on whatever asks for it. Left out, nobody minds. */
  ends?: Partial<Record<Operation, string>>;
}

interface Liar<Scene extends SystemScene> {
  /** With what the tokens of its resources begin. */
  module: string;
  /** Of the page's table. */
  heading: string;
  /** Changes that ask the system for more than those of the specimens do, by token. */
  changes?: Readonly<Record<string, Arguments>>;
  /** What the system has, in its own records, as far as it is the same on every run. */
  picture(scene: Scene): unknown;
  /** The truth from now on. */
  end(scene: Scene): void;
}

type Result = [Subject, Awaited<ReturnType<Standing["outcome"]>>];

const OPERATIONS = ["refresh", "up", "destroy"] as const;

/** Whatever the operation. */
export const always = (code: string): Lie<SystemScene>["ends"] => ({ refresh: code, up: code, destroy: code });

/**
 * Holds each lie to what it ends in: state stays as it was where an operation fails, the same operation succeeds once the
 * system tells the truth, and the system has then what it has where nobody ever lied.
 */
export function liesTable<Scene extends SystemScene>(
  { module, heading, changes = {}, picture, end }: Liar<Scene>,
  lies: readonly Lie<Scene>[],
): void {
  const standees = subjects.filter(({ token }) => token.startsWith(`${module}:`));
  const [{ simulated } = missing(module)] = standees;
  const theatre = opened(simulated.theatre());
  const truths = new Map<Operation, Promise<{ did: ReturnType<typeof didOf>; picture: unknown }>>();

  const stage = async () => {
    const scene = (await theatre.scene(simulated.furnished)) as Scene;
    return { scene, standing: await Standing.on(scene, standees) };
  };

  /** One operation on every resource. A destroy begins with those that stand on others, and ends where one fails. */
  const operate = async (standing: Standing, operation: Operation, some: readonly Subject[] = standees) => {
    const ordered = operation === "destroy" ? some.toReversed() : some;
    const results: Result[] = [];
    for (const each of ordered) {
      const result = await standing.outcome(each, operation, changes[each.token]);
      results.push([each, result]);
      if (operation === "destroy" && "failed" in result.outcome) break;
    }
    return results;
  };

  const truth = async (operation: Operation) => {
    const { scene, standing } = await stage();
    const results = await operate(standing, operation);
    return { did: didOf(results), picture: picture(scene) };
  };

  const cases = lies.flatMap((lie) => OPERATIONS.map((operation) => ({ ...lie, operation })));

  test.each(cases)("$lie: $operation", async ({ tell, ends = {}, operation }) => {
    const expected = truths.get(operation) ?? truth(operation);
    truths.set(operation, expected);
    const { did, picture: untroubled } = await expected;
    const { scene, standing } = await stage();
    await tell(scene);
    const results = await operate(standing, operation);
    const codes = results.flatMap(([, { outcome }]) => ("failed" in outcome ? [outcome.failed] : []));
    expect([...new Set(codes)]).toEqual([ends[operation] ?? []].flat());
    for (const [, { outcome, state, before }] of results) {
      if ("failed" in outcome && !outcome.incomplete) expect(state).toEqual(before);
    }
    end(scene);
    const done = didOf(results);
    const undone = standees.filter(({ token }) => done[token] === undefined);
    expect({ ...done, ...didOf(await operate(standing, operation, undone)) }).toEqual(did);
    expect(picture(scene)).toEqual(untroubled);
  });

  test("are told on the page docs/failures.md (EKM_UPDATE_DOCS=1 rewrites it)", () => {
    const rows = lies.map(({ lie, ends = {} }) => [lie, ...OPERATIONS.map((operation) => inCode(ends[operation]))]);
    new Page("docs/failures.md").expectTable(heading, rows);
  });
}

const didOf = (results: readonly Result[]): Partial<Record<string, Did>> =>
  Object.fromEntries(results.flatMap(([{ token }, { outcome }]) => ("did" in outcome ? [[token, outcome.did]] : [])));

const inCode = (text: string | undefined): string => (text === undefined ? "" : `\`${text}\``);

function missing(module: string): never {
  throw new Error(`no resource is of the module ${module}`);
}
