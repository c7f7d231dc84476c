import * as pulumi from "@pulumi/pulumi";
import { keyprotect } from "pulumi-ekm";

const config = new pulumi.Config();

const access = new keyprotect.KmipAccess("hypervisors", {
  clients: { east: config.require("eastCertificate"), west: config.require("westCertificate") },
  // Five minutes, as IBM says, where it is left out; a simulator is quicker.
  propagation: config.get<`${number}s`>("propagation"),
});

// Nobody but these two: whoever has the private key of a registered certificate reads every key of the adapter.
new keyprotect.KmipAdapterClients("hypervisors", {
  adapter: access.adapter,
  clientCertificates: Object.values(access.clientCertificates),
});

export const kmipHost = access.hostname;
export const kmipPort = access.port;
