import {
  type Attribute,
  decodeAttributes,
  encodeAttribute,
  enumerationAttribute,
  integerAttribute,
  type KmipAttributes,
  nameAttribute,
  summarise,
  textAttribute,
} from "./attributes";
import { KmipConnection, type KmipConnectionOptions } from "./connection";
import {
  CryptographicAlgorithm,
  KeyFormatType,
  nameIn,
  ObjectType,
  Operation,
  type OperationName,
  QueryFunction,
  ResultReason,
  ResultStatus,
  RevocationReason,
  type RevocationReasonName,
  UsageMask,
} from "./enums";
import { KmipAuthenticationError, KmipConnectionError, KmipOperationError, MalformedMessageError } from "./errors";
import { all, enumeration, optional, required, structure, text } from "./fields";
import { decodeResponse, encodeRequest, type ResponseItem } from "./message";
import { Tag } from "./tags";
import type { TtlvItem } from "./ttlv";
import { decodeVersion, encodeVersion, formatVersion, type ProtocolVersion, SUPPORTED_VERSIONS } from "./versions";

export interface CreateOptions {
  algorithm: "AES";
  /** Bits: 128, 192 or 256. */
  length: number;
  names?: string[];
  /** Text attributes whose names start with `x-`. Some servers refuse them with `InvalidField`. */
  customAttributes?: Record<string, string>;
}

export interface LocateFilter {
  name?: string;
  /** Text attributes whose names start with `x-`. Not every server searches by them. */
  customAttributes?: Record<string, string>;
}

export interface QueryResult {
  vendorIdentification?: string;
  /** Names of the standard, such as `Create`. */
  operations: string[];
  /** Names of the standard, such as `SymmetricKey`. */
  objectTypes: string[];
}

/** The oldest version that has Discover Versions: spoken until the client knows better. */
const FIRST_VERSION: ProtocolVersion = { major: 1, minor: 1 };

/**
 * A KMIP client for symmetric keys.
 *
 * Every method throws {@link KmipConnectionError} or {@link KmipAuthenticationError} when there is no usable connection
 * (it is then closed for good), and {@link KmipOperationError} when the server answers with a failure.
 */
export class KmipClient {
  private version = FIRST_VERSION;

  private constructor(private readonly connection: KmipConnection) {}

  static async connect(options: KmipConnectionOptions): Promise<KmipClient> {
    return new KmipClient(await KmipConnection.open(options));
  }

  /** The versions that both sides speak, the server's favourite first. The client then speaks the highest of them. */
  async discoverVersions(): Promise<string[]> {
    const payload = await this.call("DiscoverVersions", SUPPORTED_VERSIONS.map(encodeVersion));
    const offered = new Set(all(payload, Tag.ProtocolVersion, "Structure").map(decodeVersion).map(formatVersion));
    const highest = SUPPORTED_VERSIONS.find((version) => offered.has(formatVersion(version)));
    if (highest) this.version = highest;
    return [...offered];
  }

  async query(): Promise<QueryResult> {
    const { QueryOperations, QueryObjects, QueryServerInformation } = QueryFunction;
    const functions = [QueryOperations, QueryObjects, QueryServerInformation];
    const payload = await this.call(
      "Query",
      functions.map((value) => enumeration(Tag.QueryFunction, value)),
    );
    return {
      vendorIdentification: optional(payload, Tag.VendorIdentification, "TextString"),
      operations: all(payload, Tag.Operation, "Enumeration").map((value) => nameIn(Operation, value)),
      objectTypes: all(payload, Tag.ObjectType, "Enumeration").map((value) => nameIn(ObjectType, value)),
    };
  }

  /** Has the server make a key for encryption and key wrapping; answers its unique identifier. */
  async create({ algorithm, length, names = [], customAttributes = {} }: CreateOptions): Promise<string> {
    const attributes: Attribute[] = [
      enumerationAttribute("Cryptographic Algorithm", CryptographicAlgorithm[algorithm]),
      integerAttribute("Cryptographic Length", length),
      integerAttribute(
        "Cryptographic Usage Mask",
        UsageMask.Encrypt | UsageMask.Decrypt | UsageMask.WrapKey | UsageMask.UnwrapKey,
      ),
      ...names.map((name, index) => nameAttribute(name, index)),
      ...Object.entries(customAttributes).map(([name, value]) => textAttribute(name, value)),
    ];
    const payload = await this.call("Create", [
      enumeration(Tag.ObjectType, ObjectType.SymmetricKey),
      structure(Tag.TemplateAttribute, attributes.map(encodeAttribute)),
    ]);
    return required(payload, Tag.UniqueIdentifier, "TextString");
  }

  async activate(uid: string): Promise<void> {
    await this.call("Activate", [text(Tag.UniqueIdentifier, uid)]);
  }

  /** The key's bytes. */
  async get(uid: string): Promise<Buffer> {
    const payload = await this.call("Get", [
      text(Tag.UniqueIdentifier, uid),
      enumeration(Tag.KeyFormatType, KeyFormatType.Raw),
    ]);
    const key = required(payload, Tag.SymmetricKey, "Structure");
    const block = required(key, Tag.KeyBlock, "Structure");
    return required(required(block, Tag.KeyValue, "Structure"), Tag.KeyMaterial, "ByteString");
  }

  /** @param reason Default: `CessationOfOperation`. */
  async revoke(uid: string, reason: RevocationReasonName = "CessationOfOperation"): Promise<void> {
    await this.call("Revoke", [
      text(Tag.UniqueIdentifier, uid),
      structure(Tag.RevocationReason, [enumeration(Tag.RevocationReasonCode, RevocationReason[reason])]),
      // Asked for with a compromise, and by some servers only then allowed.
      ...(reason === "KeyCompromise" || reason === "CACompromise" ? [compromiseOccurrence()] : []),
    ]);
  }

  async destroy(uid: string): Promise<void> {
    await this.call("Destroy", [text(Tag.UniqueIdentifier, uid)]);
  }

  /** Unique identifiers of the objects that have what `filter` names; of all without one. */
  async locate({ name, customAttributes = {} }: LocateFilter = {}): Promise<string[]> {
    const attributes = [
      ...(name === undefined ? [] : [nameAttribute(name)]),
      ...Object.entries(customAttributes).map(([custom, value]) => textAttribute(custom, value)),
    ];
    const payload = await this.call("Locate", attributes.map(encodeAttribute));
    return all(payload, Tag.UniqueIdentifier, "TextString");
  }

  async getAttributes(uid: string): Promise<KmipAttributes> {
    return summarise(decodeAttributes(await this.call("GetAttributes", [text(Tag.UniqueIdentifier, uid)])));
  }

  /** Gives an object another name, or a text attribute whose name starts with `x-`. */
  async addAttribute(uid: string, attribute: { name: string } | { custom: string; value: string }): Promise<void> {
    const added =
      "name" in attribute ? nameAttribute(attribute.name) : textAttribute(attribute.custom, attribute.value);
    await this.call("AddAttribute", [text(Tag.UniqueIdentifier, uid), encodeAttribute(added)]);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private async call(operation: OperationName, payload: TtlvItem[]): Promise<TtlvItem[]> {
    const request = encodeRequest(this.version, [{ operation: Operation[operation], payload }]);
    const item = this.decodeOnlyItem(await this.connection.exchange(request));
    if (item.status === ResultStatus.Success) return item.payload ?? [];
    if (item.reason === ResultReason.AuthenticationNotSuccessful) {
      throw new KmipAuthenticationError(
        "clientCertificateRefused",
        `the key server refused the client certificate: ${item.message ?? "no reason given"}`,
      );
    }
    const reason = item.reason === undefined ? "GeneralFailure" : nameIn(ResultReason, item.reason);
    throw new KmipOperationError(operation, reason, item.message);
  }

  private decodeOnlyItem(answer: Buffer): ResponseItem {
    try {
      const [item, ...more] = decodeResponse(answer).items;
      if (!item || more.length > 0) throw new MalformedMessageError("not one answer to one request");
      return item;
    } catch (error) {
      throw this.connection.abandon(error);
    }
  }
}

const compromiseOccurrence = (): TtlvItem => ({
  tag: Tag.CompromiseOccurrenceDate,
  type: "DateTime",
  value: new Date(),
});
