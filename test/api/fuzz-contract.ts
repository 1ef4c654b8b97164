/** As far as the contract's document goes for a request. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
}
export interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Good values by what a parameter or a member of a body is called, on a route or anywhere. */
export type Known = Readonly<Record<string, readonly string[]>>;

export interface Contract {
  readonly document: Document;
  readonly known: Known;
}

/** What a reference stands for. */
export const resolve = ({ document }: Contract, schema: Schema): Schema =>
  schema.$ref === undefined ? schema : (document.components.schemas[schema.$ref.split("/").at(-1) as string] as Schema);

export const isA = ({ type }: Schema, ...names: readonly string[]): boolean =>
  [type ?? []].flat().some((one) => names.includes(one));

/** Throws where there is none: a route that nobody can send a good request to is not tested. */
export function knownFor({ known }: Contract, template: string, name: string): readonly string[] {
  const values = known[`${template} ${name}`] ?? known[name];
  if (!values) throw new Error(`no good value for \`${name}\` of ${template}: the fuzz's known names need one`);
  return values;
}
