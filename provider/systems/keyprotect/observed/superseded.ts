import type { KmipClientCertificate } from "../api/types";
import { registrationIn } from "../marks";

/** Registrations that a later one of the same client follows, where this package has made both. */
export function supersededIn<Registration extends KmipClientCertificate>(
  registrations: readonly Registration[],
): Registration[] {
  const markIn = ({ name }: KmipClientCertificate) => registrationIn(name)?.mark;
  return registrations.filter(
    (each) =>
      markIn(each) !== undefined &&
      registrations.some(
        (other) => markIn(other) === markIn(each) && Date.parse(other.created_at) > Date.parse(each.created_at),
      ),
  );
}
