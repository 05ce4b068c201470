/** Parameters of a request to the issuer, each given once; undefined when one came twice (RFC 6749, 3.1: that is an error). */
export const singleParameters = (given: URLSearchParams): ReadonlyMap<string, string> | undefined => {
  const parameters = new Map(given);
  return parameters.size === [...given.keys()].length ? parameters : undefined;
};

export type Parameters = ReadonlyMap<string, string>;
