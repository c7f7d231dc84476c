import { durationSeconds } from "../../../core/duration";
import type { Context, Log } from "../../../core/lifecycle";
import { looks } from "../../../core/looks";
import type { KmipClientCertificateInputs } from "./resource";

/** What IBM documents: a certificate is accepted after five minutes at most. */
const USUAL_SECONDS = 300;
/** Key Protect tells times to the second. */
const RESOLUTION_MS = 1_000;

type Propagation = Pick<KmipClientCertificateInputs, "propagation">;

/** How long Key Protect may take until it accepts a certificate. */
export const propagationSeconds = ({ propagation }: Propagation): number =>
  durationSeconds(propagation) ?? USUAL_SECONDS;

/**
 * Waits until Key Protect can be taken to accept a certificate, for nothing tells when it does; answers whether the wait came
 * to its end in the time that the user gives it.
 *
 * @param createdAt by the clock of Key Protect: one that is ahead does not make the wait longer
 */
export async function accepted(
  createdAt: string,
  inputs: Propagation,
  { clock, signal, log, deadlineSeconds }: Pick<Context, "clock" | "signal" | "deadlineSeconds"> & { log: Log },
): Promise<boolean> {
  const seconds = propagationSeconds(inputs);
  const now = clock.now().getTime();
  const until = Math.min(Date.parse(createdAt) + RESOLUTION_MS, now) + seconds * 1000;
  const wanted = Math.max(0, until - now) / 1000;
  const patience = { clock, signal, deadlineSeconds: Math.min(wanted, deadlineSeconds ?? wanted) };
  for await (const elapsed of looks(patience)) {
    const left = Math.ceil(wanted - elapsed() / 1000);
    if (left <= 0) break;
    log.progress(`waiting until Key Protect accepts the certificate: ${left} s of ${seconds} s left`);
  }
  return clock.now().getTime() >= until;
}
