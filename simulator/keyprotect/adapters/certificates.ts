import { randomUUID, X509Certificate } from "node:crypto";
import { type Fields, text } from "../../chassis/kinds";
import { readResource } from "../http/bodies";
import { pageOf } from "../http/query";
import { MediaType, nothing, type Route, type ServiceRequest, single } from "../http/route";
import { invalidField, ServiceError } from "../region/errors";
import { type Region, timestamp } from "../region/machine";
import { chosenName } from "../region/names";
import type { Adapter, ClientCertificate } from "../region/state";
import { forgetCertificate } from "./admission";
import { adapterOf, certificateOf, touch } from "./lookup";

/** The pattern of IBM's own definition: one certificate, and nothing else. */
const PEM = /^\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----\s*$/;

interface NewCertificate {
  certificate: string;
  name: string;
}

const newCertificate: Fields<NewCertificate> = { certificate: text, name: text };

export const certificateRoutes = {
  getKmipClientCertificates: {
    verb: "GET",
    path: "/kmip_adapters/{adapter}/certificates",
    failure: "KMIP client certificates could not be retrieved",
    handle(request) {
      const { certificates } = adapterOf(request);
      const limits = { usual: 100, most: 200 };
      return { collection: pageOf(request, limits, MediaType.certificate, certificates, partialResource) };
    },
  },

  addKmipClientCertificate: {
    verb: "POST",
    path: "/kmip_adapters/{adapter}/certificates",
    failure: "KMIP client certificate could not be created",
    async handle(request) {
      const { region } = request;
      const adapter = adapterOf(request);
      const certificate = addedCertificate(request, adapter);
      register(region, adapter, certificate);
      await region.save();
      return single(MediaType.certificate, fullResource(region, certificate), 201);
    },
  },

  getKmipClientCertificate: {
    verb: "GET",
    path: "/kmip_adapters/{adapter}/certificates/{certificate}",
    failure: "KMIP client certificate could not be retrieved",
    handle: (request) => single(MediaType.certificate, fullResource(request.region, certificateOf(request))),
  },

  deleteKmipClientCertificate: {
    verb: "DELETE",
    path: "/kmip_adapters/{adapter}/certificates/{certificate}",
    failure: "KMIP client certificate could not be deleted",
    async handle(request) {
      const { region } = request;
      removeCertificate(region, adapterOf(request), certificateOf(request));
      await region.save();
      return nothing;
    },
  },
} satisfies Record<string, Route>;

/** A registration as of now; nothing is looked at but the PEM. */
export function newRegistration(region: Region, pem: string, name: string | undefined): ClientCertificate {
  const fingerprint256 = fingerprintOf(pem);
  const created = region.act();
  return { id: randomUUID(), name: chosenName(region.switches, name, "kmip_cert"), pem, fingerprint256, created };
}

export function register(region: Region, adapter: Adapter, certificate: ClientCertificate): void {
  adapter.certificates.push(certificate);
  touch(adapter, region.act());
}

export function removeCertificate(region: Region, adapter: Adapter, certificate: ClientCertificate): void {
  forgetCertificate(region, adapter, certificate);
  adapter.certificates = adapter.certificates.filter((other) => other !== certificate);
  touch(adapter, region.act());
}

function addedCertificate({ region, body }: ServiceRequest, adapter: Adapter): ClientCertificate {
  const { certificate: pem = "", name } = readResource(body, MediaType.certificate, newCertificate);
  const added = newRegistration(region, pem, name);
  const adapters = region.state.instances.flatMap((instance) => instance.adapters);
  if (adapters.some(({ certificates }) => certificates.some((it) => it.fingerprint256 === added.fingerprint256))) {
    throw new ServiceError("certificateTaken", "The certificate is already registered in the region");
  }
  if (adapter.certificates.some((other) => other.name === added.name)) {
    throw new ServiceError("certificateNameTaken", "A certificate with this name already exists in the KMIP adapter");
  }
  const { certificateLimit } = region.switches;
  if (adapter.certificates.length >= certificateLimit) {
    throw new ServiceError("tooManyCertificates", `No more than ${certificateLimit} certificates are allowed`);
  }
  return added;
}

function fingerprintOf(pem: string): string {
  try {
    if (PEM.test(pem)) return parsed(pem).fingerprint256;
  } catch {
    // The text between the lines of a PEM need not be a certificate.
  }
  throw invalidField("certificate", "one certificate, PEM");
}

/** What a list tells: not the certificate itself. */
function partialResource({ id, name, created }: ClientCertificate): object {
  return { id, name, created_at: timestamp(created.at), created_by: created.by };
}

function fullResource({ switches }: Region, certificate: ClientCertificate): object {
  const { pem } = certificate;
  const echo = switches.certificateEcho === "asGiven" ? pem : parsed(pem).toString();
  return { ...partialResource(certificate), certificate: echo };
}

/** OpenSSL takes no space before a PEM. */
const parsed = (pem: string): X509Certificate => new X509Certificate(pem.trim());
