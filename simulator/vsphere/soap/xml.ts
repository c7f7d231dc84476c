import { SaxesParser } from "saxes";

/** An element of a document, by its local names. */
export interface XmlElement {
  name: string;
  namespace: string;
  /** By local name: `type` of `xsi:type` as of a reference's `type`. */
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

/** A text that is no well-formed XML, or more than SOAP allows. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}

/** Documents with a document type are refused: SOAP has none, and entities come with it. */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  parser.on("error", ({ message }) => {
    throw new XmlError(message);
  });
  parser.on("doctype", () => {
    throw new XmlError("a document type is not allowed");
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    const element: XmlElement = {
      name: local,
      namespace: uri,
      attributes: Object.fromEntries(Object.values(attributes).map((each) => [each.local, each.value])),
      children: [],
      text: "",
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  const addText = (more: string) => {
    const element = open.at(-1);
    if (element) element.text += more;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(text).close();
  if (root === undefined) throw new XmlError("there is no element");
  return root;
}

/** A text inside of an element, or of an attribute. What XML cannot say at all is left out. */
export const escaped = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 has no way to write.
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"\r]/g, (character) => {
    return { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[character] ?? "&#xD;";
  });
