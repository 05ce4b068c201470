/** What is used here of the WebAssembly of JavaScript, which comes with the browsers' types and not with Node's. */
// biome-ignore lint/style/noNamespace: WebAssembly is a namespace of JavaScript itself
declare namespace WebAssembly {
  class Memory {
    constructor(size: { readonly initial: number });
    readonly buffer: ArrayBuffer;
  }
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>);
    /** What the one module here exports. */
    readonly exports: Readonly<Record<string, (state: number, block: number, out: number) => void>>;
  }
}
