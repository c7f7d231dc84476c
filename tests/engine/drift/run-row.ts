import { writesOn } from "../acceptance/lab";
import type { CommandResult } from "../harness";
import { driftOf, errorsIn, errorsOf, NOTHING } from "./observation";
import { pictureOf } from "./picture";
import type { Failed, Mended, Refused, Row } from "./row";
import type { Site } from "./site";

/** What the two commands have printed. */
export interface Printed {
  preview: CommandResult;
  run?: CommandResult;
}

/** Makes the change of a row, and looks at what a preview and a run make of it. */
export async function runRow(site: Site, row: Row): Promise<Printed> {
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

export async function expectNothing(site: Site): Promise<CommandResult> {
  const preview = await site.preview();
  expect(driftOf(preview)).toEqual(NOTHING);
  return preview;
}

async function runMended(site: Site, row: Row, up: Mended): Promise<Printed> {
  const before = pictureOf(site);
  const { preview, changed } = await expectDrift(site, row);
  const calls = writesOn(site.cluster).length;
  const [run] = await Promise.all([site.up(), up.meanwhile?.(site)]);
  const left = up.left ?? ((picture) => picture);
  expect({ writes: writesOn(site.cluster).slice(calls), after: pictureOf(site) }).toEqual({
    writes: up.writes,
    after: left(up.decision === "restored" ? before : changed),
  });
  await expectWell(site);
  return { preview, run };
}

async function runRefused(site: Site, row: Row, { code, wayOut }: Refused): Promise<Printed> {
  const { preview, changed } = await expectDrift(site, row);
  const calls = writesOn(site.cluster).length;
  const run = await site.up({ fails: true });
  expect({ writes: writesOn(site.cluster).slice(calls), after: pictureOf(site) }).toEqual({
    writes: [],
    after: changed,
  });
  if (!errorsIn(run).some((error) => error.startsWith(`${code}: `))) {
    throw new Error(`nothing was refused with ${code}:\n${run.stdout}\n${run.stderr}`);
  }
  expect(driftOf(await site.preview("drift")).planned).toEqual(row.planned);
  if (wayOut !== undefined) {
    await wayOut(site);
    await site.up();
    await expectWell(site);
  }
  return { preview, run };
}

async function runFailed(site: Site, row: Row, { of, code, wayOut }: Failed): Promise<Printed> {
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

async function runUnchanged(site: Site, row: Row): Promise<Printed> {
  await row.make(site);
  const preview = await expectNothing(site);
  const calls = writesOn(site.cluster).length;
  const { steps } = await site.up();
  expect({ steps, writes: writesOn(site.cluster).slice(calls) }).toEqual({ steps: [], writes: [] });
  return { preview };
}

async function expectDrift(site: Site, { make, found, planned }: Row) {
  await make(site);
  const changed = pictureOf(site);
  const preview = await site.preview("drift");
  expect(driftOf(preview)).toEqual({ found, planned });
  return { preview, changed };
}

async function expectWell(site: Site): Promise<void> {
  await expectNothing(site);
  expect(await site.cluster.unwrapDataKey()).toBe(true);
}

/** What the stack holds. The times at which the engine wrote it are left out, and secrets, which it encrypts anew each time. */
const resourcesOf = ({ workspace }: Site): unknown =>
  JSON.parse(
    JSON.stringify(
      workspace.storedState().resources.map(({ urn, id, inputs, outputs }) => ({ urn, id, inputs, outputs })),
      (name, value) => (name === "ciphertext" ? undefined : value),
    ),
  );
