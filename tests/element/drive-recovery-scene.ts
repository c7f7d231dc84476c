import type { Scene } from "./stage";

/** The metadata drives of the simulated cluster. */
export const LOCKED = [1, 3, 5, 7];

/** Switches of a cluster that recovers soon, and shows its faults at once. */
export const quick = { faultCacheSeconds: 0, driveRecoverySeconds: 0.05 };

/** The nodes restart without the key; then the key server is back. */
export async function bootWithoutKey(scene: Scene): Promise<void> {
  await scene.stopKeyServer();
  await scene.somebody("bootWithoutKey");
  await scene.startKeyServer();
}

/** The job that adds drives ends with an error as soon as it has begun. */
export function failAddition(scene: Scene, error: { name: string; message: string }): void {
  const { cluster } = scene;
  scene.when(
    () => cluster.state().driveAdditions?.length === 1,
    () =>
      cluster.mutate((state) => {
        state.driveAdditions = [];
        Object.assign(state.asyncResults.at(-1) ?? {}, { status: "complete", error });
      }),
  );
}
