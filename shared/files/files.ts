/** A file without its content. */
export interface FileLooks {
  readonly bytes: number;
  /** Changes with the content. */
  readonly tag: string;
}

/** Files of long work, by name. They may go at any time: nothing is kept in them alone for more than days. */
export interface Files {
  /** Undefined where there is none. */
  look(name: string): Promise<FileLooks | undefined>;
  /** Undefined where there is none, or none with this tag any more. */
  read(name: string, tag?: string): Promise<Uint8Array | undefined>;
  write(name: string, body: string, contentType: string): Promise<void>;
  /** Those that are not there do no harm. */
  remove(names: readonly string[]): Promise<void>;
}

/** Addresses under which whoever holds one reaches a single file for some seconds, without a key of ours. */
export interface FileAddresses {
  /** PUT a file of exactly so many bytes there. */
  upload(name: string, wish: { readonly bytes: number; readonly seconds: number }): Promise<string>;
  /** GET it from there; a browser saves it under that name. */
  download(name: string, wish: { readonly saveAs: string; readonly seconds: number }): Promise<string>;
}
