import type { RecordedResource } from "./state";

/** The resource of a state that stands for an object. */
export const recordedAs = (
  recorded: readonly RecordedResource[],
  token: string,
  isOf: (resource: RecordedResource) => boolean,
): RecordedResource | undefined => recorded.find((resource) => resource.token === token && isOf(resource));

/** What a destroy does with it, as the last `up` has recorded it. */
export const onDeleteOf = (resource: RecordedResource | undefined): string | undefined =>
  typeof resource?.outputs.onDelete === "string" ? resource.outputs.onDelete : undefined;
