import type { CommandResult } from "../harness";
import type { DriftSite } from "./drift-site";
import { driftOf, errorsIn, errorsOf, NOTHING } from "./observation";
import type { Failed, Mended, Refused, Row } from "./row";

/** What the two commands have printed. */
export interface Printed {
  preview: CommandResult;
  run?: CommandResult;
}

/** Makes the change of a row, and looks at what a preview and a run make of it. */
export async function runRow<S extends DriftSite>(site: S, row: Row<S>): Promise<Printed> {
  await site.restore(row.from);
  if (row.prepare !== undefined) {
    await row.prepare(site);
    await expectNothing(site);
  }
  switch (row.up.decision) {
    case "unchanged":
      return runUnchanged(site, row);
    case "failed":
      return runFailed(site, row, row.up);
    case "refused":
      return runRefused(site, row, row.up);
    default:
      return runMended(site, row, row.up);
  }
}

const pictureOf = <S extends DriftSite>(site: S) => site.picture() as ReturnType<S["picture"]>;

export async function expectNothing(site: DriftSite): Promise<CommandResult> {
  const preview = await site.preview();
  expect(driftOf(preview)).toEqual(NOTHING);
  return preview;
}

async function runMended<S extends DriftSite>(site: S, row: Row<S>, up: Mended<S>): Promise<Printed> {
  const before = pictureOf(site);
  const { preview, changed } = await expectDrift(site, row);
  const calls = site.writes().length;
  const [run] = await Promise.all([site.up(), up.meanwhile?.(site)]);
  const left = up.left ?? ((picture: object) => picture);
  expect({ writes: site.writes().slice(calls), after: pictureOf(site) }).toEqual({
    writes: up.writes,
    after: left(up.decision === "restored" ? before : changed),
  });
  await expectWell(site);
  return { preview, run };
}

async function runRefused<S extends DriftSite>(site: S, row: Row<S>, { code, wayOut }: Refused<S>): Promise<Printed> {
  const { preview, changed } = await expectDrift(site, row);
  const calls = site.writes().length;
  const run = await site.up({ fails: true });
  expect({ writes: site.writes().slice(calls), after: pictureOf(site) }).toEqual({
    writes: [],
    after: changed,
  });
  if (!errorsIn(run).some((error) => error.startsWith(`${code}: `))) {
    throw new Error(`nothing was refused with ${code}:\n${run.stdout}\n${run.stderr}`);
  }
  expect(driftOf(await site.preview("drift")).planned).toEqual(row.planned ?? {});
  if (wayOut !== undefined) {
    await wayOut(site);
    await site.up();
    await expectWell(site);
  }
  return { preview, run };
}

async function runFailed<S extends DriftSite>(site: S, row: Row<S>, { of, code, wayOut }: Failed<S>): Promise<Printed> {
  const before = resourcesOf(site);
  await row.make(site);
  const preview = await site.preview("error");
  const run = await site.up({ fails: true });
  for (const result of [preview, run]) {
    expect(driftOf(result)).toEqual(NOTHING);
    const said = errorsOf(result).map(({ name, message }) => `${name}: ${message.slice(0, message.indexOf(":"))}`);
    expect(new Set(said)).toEqual(new Set(of.map((name) => `${name}: ${code}`)));
  }
  expect(resourcesOf(site)).toEqual(before);
  await wayOut(site);
  await expectWell(site);
  return { preview, run };
}

async function runUnchanged<S extends DriftSite>(site: S, row: Row<S>): Promise<Printed> {
  await row.make(site);
  const preview = await expectNothing(site);
  const calls = site.writes().length;
  const { steps } = await site.up();
  expect({ steps, writes: site.writes().slice(calls) }).toEqual({ steps: [], writes: [] });
  return { preview };
}

async function expectDrift<S extends DriftSite>(site: S, { make, found = {}, planned = {} }: Row<S>) {
  await make(site);
  const changed = pictureOf(site);
  // What is recorded and asks for nothing is shown, and the audit passes.
  const preview = await site.preview(Object.keys(planned).length === 0 ? "no drift" : "drift");
  expect(driftOf(preview)).toEqual({ found, planned });
  return { preview, changed };
}

async function expectWell(site: DriftSite): Promise<void> {
  await expectNothing(site);
  await site.expectKeys();
}

/** What the stack holds. The times at which the engine wrote it are left out, and secrets, which it encrypts anew each time. */
const resourcesOf = ({ workspace }: DriftSite): unknown =>
  JSON.parse(
    JSON.stringify(
      workspace.storedState().resources.map(({ urn, id, inputs, outputs }) => ({ urn, id, inputs, outputs })),
      (name, value) => (name === "ciphertext" ? undefined : value),
    ),
  );
