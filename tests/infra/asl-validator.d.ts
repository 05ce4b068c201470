/** The package brings no declarations of its own. */
declare module 'asl-validator' {
  type Options = { readonly checkPaths?: boolean; readonly checkArn?: boolean };
  type Result = { readonly isValid: boolean; readonly errorsText: (separator?: string) => string };
  const validate: (definition: unknown, options?: Options) => Result;
  export = validate;
}
