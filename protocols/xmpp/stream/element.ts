/** An XML element as a plain tree. Namespaces are resolved by the reader, so a name is always read together with its namespace. */
export type Node = Element | string;

export class Element {
  readonly name: string;
  readonly xmlns: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];

  constructor(
    name: string,
    xmlns: string,
    attributes: Readonly<Record<string, string>> = {},
    children: readonly Node[] = [],
  ) {
    this.name = name;
    this.xmlns = xmlns;
    this.attributes = attributes;
    this.children = children;
  }

  attribute(name: string): string | undefined {
    return Object.hasOwn(this.attributes, name) ? this.attributes[name] : undefined;
  }

  /** Without a namespace: in the element's own. */
  is(name: string, xmlns = this.xmlns): boolean {
    return this.name === name && this.xmlns === xmlns;
  }

  child(name: string, xmlns = this.xmlns): Element | undefined {
    return this.elements().find((child) => child.is(name, xmlns));
  }

  childrenNamed(name: string, xmlns = this.xmlns): Element[] {
    return this.elements().filter((child) => child.is(name, xmlns));
  }

  /** The first child of any name in this namespace. */
  childIn(xmlns: string): Element | undefined {
    return this.elements().find((child) => child.xmlns === xmlns);
  }

  elements(): Element[] {
    return this.children.filter((child): child is Element => typeof child !== 'string');
  }

  /** The text directly inside; not that of children. */
  text(): string {
    return this.children.filter((child): child is string => typeof child === 'string').join('');
  }

  with(attributes: Readonly<Record<string, string | undefined>>): Element {
    return new Element(this.name, this.xmlns, defined({ ...this.attributes, ...attributes }), this.children);
  }
}

/** Attributes and children that are undefined are left out, so optional parts need no branching. A child without a namespace of its own is given with `xmlns` by its maker. */
export function xml(
  name: string,
  xmlns: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly (Node | undefined)[]
): Element {
  return new Element(
    name,
    xmlns,
    defined(attributes),
    children.filter((child): child is Node => child !== undefined),
  );
}

function defined(attributes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
