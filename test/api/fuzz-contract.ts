/** As far as the contract's document goes for a request. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
}
export interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Real names as they stand in an address, by what a parameter is called, on a path or anywhere; `any` for the rest. */
export type Known = Readonly<Record<string, readonly string[]>>;

export interface Contract {
  readonly document: Document;
  readonly known: Known;
}

/** What a reference stands for. */
export const resolve = ({ document }: Contract, schema: Schema): Schema =>
  schema.$ref === undefined ? schema : (document.components.schemas[schema.$ref.split("/").at(-1) as string] as Schema);
